use super::*;

fn template() -> Template {
    let deployment = Deployment {
        parameters: BTreeMap::from([("AppEnv".to_owned(), "local".to_owned())]),
        sqs_host: "127.0.0.1:1".to_owned(),
    };
    Template::read(TEMPLATE, &deployment).unwrap()
}

#[test]
fn our_template_is_understood() {
    let template = template();
    assert_eq!(template.tables.len(), 5);
    let delivery = template.functions.iter().find(|function| function.code == "whatsapp-delivery").unwrap();
    assert_eq!(delivery.trigger.as_ref().unwrap().queue, "DeliveryQueue");
    assert_eq!(delivery.environment["APP_ENV"], "local");
    assert_eq!(delivery.environment["THREADS_TABLE"], "ThreadsTable");
    assert_eq!(delivery.environment["DELIVERY_QUEUE_URL"], "http://127.0.0.1:1/000000000000/DeliveryQueue");
    let sweeper = template.functions.iter().find(|function| function.code == "outbox-sweeper").unwrap();
    assert_eq!(sweeper.schedule.as_ref().unwrap().every_s, 60);
    assert_eq!(template.functions.iter().filter(|function| function.is_default).count(), 1);
}

#[test]
fn dead_letters_exist_before_the_queue_that_fills_them() {
    let queues = template().queues;
    for (position, queue) in queues.iter().enumerate() {
        let Some((dead_letters, attempts)) = &queue.dead_letters else { continue };
        assert!(queues[..position].iter().any(|before| before.name == *dead_letters), "{}", queue.name);
        assert_eq!(*attempts, 5);
    }
    let with = queues.iter().filter(|queue| queue.dead_letters.is_some()).map(|queue| queue.name.as_str());
    let named = ["AssistantQueue", "DeliveryQueue", "SummaryQueue", "TransferQueue", "WebhookQueue"];
    assert_eq!(with.collect::<Vec<_>>(), named);
}

#[test]
fn what_is_not_understood_is_named() {
    let text = "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: functions/f\n      Environment:\n        Variables:\n          A: !ImportValue x\n";
    let error = Template::read(text, &Deployment::default()).unwrap_err().to_string();
    assert_eq!(error, "template.yaml: the value of Fn::ImportValue is missing or of an unexpected form");
}
