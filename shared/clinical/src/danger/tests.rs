use super::*;

#[test]
fn every_line_of_the_tables_is_understood() {
    assert_eq!(TABLE.mistakes(), []);
    assert_eq!(frame::mistakes(), []);
}
