using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class Amazon_says
{
    const string Kind = IntegrationKind.Aws;

    [Fact]
    public void That_a_bucket_is_too_large()
    {
        var news = One(Kind, "aws/sns-notification-cloudwatch-alarm.json");

        Assert.Equal((UnderstoodState.Firing, "123456789012/eu-west-1/bucketbytesAlarm"), (news.State, news.ExternalId));
        Assert.Equal(("bucketbytesAlarm", "eu-west-1", null), (news.Title, news.Region, news.Severity)); // not "EU (Ireland)"
        Assert.Equal(Utc("2019-02-15T23:53:45.093Z"), news.StartsAt);
        Assert.Equal(("StandardStorage", "AWS/S3"), (news.Labels["storagetype"], news.Labels["namespace"]));
        Assert.Equal("e288882d-4281-5be4-8fde-dccc11c8cb01", news.DeliveryKey);
        Assert.False(news.NeverResolves);
    }

    [Fact]
    public void That_it_has_too_little_data() => Assert.Equal(UnderstoodState.NoData,
        One(Kind, "aws/sns-notification-cloudwatch-insufficient-data.json").State);

    [Fact]
    public void That_an_alarm_by_an_expression_is_over()
    {
        var news = One(Kind, "aws/sns-notification-cloudwatch-ok-anomaly-band.json");

        Assert.Equal((UnderstoodState.Resolved, "ap-northeast-2"), (news.State, news.Region));
        Assert.Equal("arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:ContainerInsight-pod_cpu_utilization", news.ExternalId);
        Assert.Equal(("pod_cpu_utilization", "cloudone-dev-v1-eks-cluster"), (news.Labels["metric"], news.Labels["clustername"]));
        Assert.Equal((Utc("2021-06-27T13:53:39.351Z"), null), (news.EndsAt!.Value, news.StartsAt));
    }

    [Fact]
    public void By_raw_delivery_that_one_fires_whose_end_nobody_tells()
    {
        var reading = Read(Kind, Payload.Bytes("aws/cloudwatch-alarm-raw-delivery.json"));
        var news = Assert.Single(reading.Items);

        Assert.Null(reading.Signature);
        Assert.Equal((UnderstoodState.Firing, true, "us-east-1"), (news.State, news.NeverResolves, news.Region));
        Assert.EndsWith(":alarm:[TITLE-TEST-ALARM] Title of Broken Alarm", news.ExternalId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_severity_in_a_description_where_the_integration_looks_for_it()
    {
        var integration = Integration(Kind) with { Settings = new Dictionary<string, string> { ["SeverityPattern"] = @"priority=(\w+)" } };

        Assert.Equal("critical", One(Kind, "aws/cloudwatch-alarm-raw-delivery.json", integration).Severity);
        Assert.Empty(Of(Kind).Faults(integration));
    }

    [Fact]
    public void That_an_incident_of_its_own_has_ended()
    {
        var news = One(Kind, "aws/sns-notification-health-elb-ended.json");

        Assert.Equal((UnderstoodState.Resolved, "ELASTICLOADBALANCING", "ap-southeast-2"), (news.State, news.Service, news.Region));
        Assert.Equal("arn:aws:health:ap-southeast-2::event/AWS_ELASTICLOADBALANCING_API_ISSUE_90353408594353980", news.ExternalId);
        Assert.Equal((Utc("2016-06-04T05:01:10Z"), Utc("2016-06-04T05:30:57Z")), (news.StartsAt!.Value, news.EndsAt!.Value));
    }

    [Fact]
    public void What_it_plans_which_is_no_outage()
    {
        var news = One(Kind, "aws/eventbridge-health-acm-scheduled-change.json");

        Assert.Equal((UnderstoodState.Info, "ACM", "us-east-1"), (news.State, news.Service, news.Region));
        Assert.Equal(Utc("2022-04-06T06:00:53Z"), news.StartsAt);
        Assert.DoesNotContain(@"\", news.Text, StringComparison.Ordinal);
        Assert.Contains("\nAWS Region name: us-east-1\n", news.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"statusCode\":\"open\",", nameof(UnderstoodState.Firing))]
    [InlineData("\"statusCode\":\"closed\",", nameof(UnderstoodState.Resolved))]
    [InlineData("\"statusCode\":\"upcoming\",", nameof(UnderstoodState.Info))]
    [InlineData("", nameof(UnderstoodState.Firing))]
    [InlineData("\"endTime\":\"Fri, 1 Jan 2100 00:00:00 GMT\",", nameof(UnderstoodState.Firing))]
    public void States_of_incidents_of_its_own(string status, string state) => Assert.Equal(Enum.Parse<UnderstoodState>(state), OneOf(Kind,
        """{"detail-type":"AWS Health Event","detail":{"eventTypeCategory":"issue",""" + status
        + "\"eventArn\":\"arn:aws:health:x::event/y\"}}").State);

    [Fact]
    public void Alarms_by_EventBridge()
    {
        const string Body = """
            {"id":"i1","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch","account":"1",
            "time":"2026-11-30T10:00:02Z","region":"us-east-1","resources":["arn:aws:cloudwatch:us-east-1:1:alarm:cpu"],"detail":{"alarmName":"cpu",
            "state":{"value":"ALARM","timestamp":"2026-11-30T10:00:00.123+0000","reason":"r"},"previousState":{"value":"OK"}}}
            """;
        var (raise, clear) = (OneOf(Kind, Body), OneOf(Kind, Body.Replace("\"ALARM\"", "\"OK\"").Replace("T10", "T11")));

        Assert.Equal((UnderstoodState.Firing, "arn:aws:cloudwatch:us-east-1:1:alarm:cpu"), (raise.State, raise.ExternalId));
        Assert.Equal(Utc("2026-11-30T10:00:00.123Z"), raise.StartsAt);
        Assert.Equal((UnderstoodState.Resolved, raise.ExternalId), (clear.State, clear.ExternalId));
    }

    [Fact]
    public void That_a_file_was_stored()
    {
        var news = One(Kind, "aws/s3-event-object-created.json");

        Assert.Equal((UnderstoodState.Info, "ObjectCreated:Put: sourcebucket/Happy Face.jpg"), (news.State, news.Title));
        Assert.Equal(Utc("1970-01-01T00:00:00.123Z"), news.StartsAt);
        Assert.Contains("before 2000", news.Annotations["odd_time"], StringComparison.Ordinal);
        Assert.Null(news.ReportedAt); // not trusted
        Assert.Equal("a b+c", OneOf(Kind, Payload.Text("aws/s3-event-object-created.json").Replace("Happy%20Face.jpg", "a+b%2Bc")).Labels["key"]);
    }

    [Fact]
    public void The_same_by_EventBridge()
    {
        var news = One(Kind, "aws/eventbridge-s3-object-created.json");

        Assert.Equal((UnderstoodState.Info, "2d4eba74-fd51-3966-4bfa-b013c9da8ff1", "s3"), (news.State, news.DeliveryKey, news.Service));
    }

    [Fact]
    public void That_a_bucket_tries_its_events() => Assert.Equal(UnderstoodState.Test,
        OneOf(Kind, """{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2014-10-13T15:57:02.089Z","Bucket":"b","RequestId":"r"}""").State);

    [Fact]
    public void A_text()
    {
        var news = One(Kind, "aws/sns-notification-plain-text.json");

        Assert.Equal((UnderstoodState.Info, "My First Message", "Hello world!"), (news.State, news.Title, news.Text));
        Assert.Equal(("hello", "hello"), OneOfRaw("hello") is var raw ? (raw.Title, raw.Text) : default);
    }

    static Understood OneOfRaw(string text) => Assert.Single(
        Read(Kind, text, headers: new Dictionary<string, string> { ["x-amz-sns-rawdelivery"] = "true", ["x-amz-sns-message-id"] = "m" }).Items);

    [Fact]
    public void That_a_topic_wants_its_subscription_confirmed()
    {
        var reading = Read(Kind, Payload.Bytes("aws/sns-subscription-confirmation.json"));

        Assert.Equal(UnderstoodState.Handshake, Assert.Single(reading.Items).State);
        Assert.Equal("sns.eu-west-1.amazonaws.com", reading.ConfirmAt?.Host);
        Assert.NotNull(reading.Signature); // which must hold before
    }

    [Fact]
    public void That_a_topic_sends_no_more_and_nothing_is_visited()
    {
        var reading = Read(Kind, Payload.Bytes("aws/sns-unsubscribe-confirmation.json"));

        Assert.Null(reading.ConfirmAt);
        Assert.Equal(UnderstoodState.Handshake, Assert.Single(reading.Items).State);
        Assert.Contains("was ended", reading.Items[0].Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://sns.eu-west-1.amazonaws.com.evil.example/?Action=ConfirmSubscription")]
    [InlineData("https://evil.example/?Action=ConfirmSubscription&sns.eu-west-1.amazonaws.com")]
    [InlineData("http://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription")]
    [InlineData("https://sns.eu-west-1.amazonaws.com:444/?Action=ConfirmSubscription")]
    [InlineData("https://a@sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?Action=DeleteTopic")]
    [InlineData("https://169.254.169.254/?Action=ConfirmSubscription")]
    public void An_address_that_is_not_its_own_is_never_visited(string address) => Assert.Null(Read(Kind,
        Payload.Text("aws/sns-subscription-confirmation.json")
            .Replace("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription", address)).ConfirmAt);

    [Fact]
    public void Only_topics_that_are_allowed()
    {
        var integration = Integration(Kind) with
        {
            Settings = new Dictionary<string, string> { ["TopicArns"] = "arn:aws:sns:eu-west-1:123456789012:alerta-test, arn:aws:sns:a:b:c" },
        };

        Assert.NotNull(Read(Kind, Payload.Bytes("aws/sns-subscription-confirmation.json"), integration).ConfirmAt);
        Assert.Equal("TopicArn", Assert.Throws<MalformedBodyException>(() =>
            Read(Kind, Payload.Bytes("aws/sns-notification-plain-text.json"), integration)).Place);
        Assert.Throws<MalformedBodyException>(() => Read(Kind, Payload.Bytes("aws/cloudwatch-alarm-raw-delivery.json"), integration));
    }

    [Fact]
    public void What_came_by_a_function()
    {
        var reading = Read(Kind, """
            {"Records":[
              {"EventSource":"aws:sns","Sns":{"Type":"Notification","MessageId":"m1","TopicArn":"arn:aws:sns:us-east-1:1:t","Message":"hi"}},
              {"EventSource":"aws:sns","Sns":{"Type":"Notification","MessageId":"m2","TopicArn":"arn:aws:sns:us-east-1:1:t","Message":"ho"}}]}
            """);

        Assert.Equal(["m1", "m2"], reading.Items.Select(one => one.DeliveryKey));
        Assert.NotNull(reading.Signature);
    }

    [Theory]
    [InlineData("VerifySignature", "perhaps")]
    [InlineData("SignatureVersion", "3")]
    [InlineData("SeverityPattern", "(")]
    [InlineData("SeverityPattern", "nogroup")]
    [InlineData("TopicArns", "mytopic")]
    public void Settings_that_cannot_be(string name, string value) => Assert.Equal([$"Settings__{name}"],
        Assert.Single(Of(Kind).Faults(Integration(Kind) with { Settings = new Dictionary<string, string> { [name] = value } })).MemberNames);
}
