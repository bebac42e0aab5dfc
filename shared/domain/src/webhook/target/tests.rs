use super::*;

const BAD: [&str; 40] = [
    "",
    "http://example.com/hook",
    "ftp://example.com/hook",
    "javascript:alert(1)",
    "//example.com/hook",
    "https://",
    "https://user:password@example.com/hook",
    "https://user@example.com/hook",
    "https://example.com/hook#part",
    "https://example.com/ho\nok",
    "https://printer/hook",
    "https://localhost/hook",
    "https://a.localhost/hook",
    "https://metadata.google.internal/computeMetadata/v1/",
    "https://db.corp./hook",
    "https://0.0.0.0/",
    "https://10.0.0.8/",
    "https://100.64.0.1/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://172.31.255.255/",
    "https://192.0.0.170/",
    "https://192.168.1.1/",
    "https://198.19.0.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::]/",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://[::10.0.0.1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[2002:a00:1::]/",
    "https://[fd00:ec2::254]/",
    "https://[fe80::1]/",
    "https://[ff02::1]/",
];

#[test]
fn only_public_https_addresses() {
    for raw in BAD {
        assert!(TargetUrl::parse(raw, Loopback::Refused).is_err(), "{raw}");
    }
    assert!(TargetUrl::parse(&format!("https://example.com/{}", "a".repeat(LONGEST)), Loopback::Refused).is_err());
    for raw in [
        "https://webhook.site/medication-order",
        " https://hooks.example.com:8443/a?b=c ",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]/",
    ] {
        assert!(TargetUrl::parse(raw, Loopback::Refused).is_ok(), "{raw}");
    }
    assert_eq!(TargetUrl::parse("HTTPS://Example.COM", Loopback::Refused).unwrap().as_str(), "https://example.com/");
}

#[test]
fn this_machine_only_where_that_is_said() {
    let here = ["http://127.0.0.1:8080/hook", "http://localhost:8080/hook", "https://[::1]:8080/hook"];
    for raw in here {
        let url = TargetUrl::parse(raw, Loopback::Allowed).unwrap();
        assert!(url.is_acceptable(Loopback::Allowed) && !url.is_acceptable(Loopback::Refused), "{raw}");
    }
    let taken: Vec<&str> = BAD.into_iter().filter(|raw| TargetUrl::parse(raw, Loopback::Allowed).is_ok()).collect();
    assert_eq!(
        taken,
        [
            "https://localhost/hook",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/"
        ],
        "nothing but this machine is let through"
    );
}

#[test]
fn what_a_name_resolves_to_is_looked_at_in_every_dress() {
    let blocked = [
        "0.1.2.3",
        "10.255.0.1",
        "100.127.255.255",
        "127.0.0.53",
        "169.254.170.2",
        "172.16.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "239.1.1.1",
        "250.0.0.1",
        "::",
        "::1",
        "::ffff:192.168.0.1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:c0a8:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff05::2",
    ];
    for address in blocked {
        assert!(!may_connect(address.parse().unwrap(), Loopback::Refused), "{address}");
    }
    for address in [
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.20.0.1",
        "223.255.255.255",
        "::ffff:8.8.8.8",
        "2001:4860:4860::8888",
        "2a00::1",
    ] {
        assert!(may_connect(address.parse().unwrap(), Loopback::Refused), "{address}");
    }
    let here = |address: &str| may_connect(address.parse().unwrap(), Loopback::Allowed);
    assert!(
        here("127.0.0.1") && here("::1") && here("::ffff:127.0.0.1") && !here("10.0.0.1") && !here("169.254.169.254")
    );
}
