use super::OnOracle;

#[test]
fn a_session_tells_the_dba_whose_it_is_and_what_it_does() {
    for (variables, module) in
        [(&[][..], "persony"), (&[("ORACLE_MODULE", "calendar-eu-1")], "calendar-eu-1")]
    {
        let on = OnOracle::start(variables);
        on.list_events(1).is(200, "[]");
        let attributes: Vec<_> = on
            .client
            .sessions()
            .into_iter()
            .filter_map(|session| on.client.session_attributes(session))
            .collect();
        assert!(attributes.iter().all(|session| session.user == "PERSONY_APP"), "{attributes:?}");
        assert!(
            attributes.iter().all(|session| session.driver_name.starts_with("persony : ")),
            "{attributes:?}"
        );
        assert!(attributes.iter().any(|session| session.module == module), "{attributes:?}");
        assert!(attributes.iter().any(|session| session.action == "list_events"), "{attributes:?}");
    }
}

#[test]
fn the_pool_grows_up_to_its_size_and_no_further() {
    let on = OnOracle::start(&[("ORACLE_MAX_CONN", "3"), ("ORACLE_MIN_CONN", "3")]);
    on.client.hold(std::time::Duration::from_millis(50));
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| on.list_events(1).is(200, "[]"));
        }
    });
    on.client.release();
    assert_eq!(on.client.sessions().len(), 3);
}
