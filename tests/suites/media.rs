//! Files: uploads, their copies at Google, media to and from WhatsApp.

mod drive;
mod forms;
mod multipart;
mod receiving;
mod sending;
mod uploads;
