using System.Text;
using System.Text.Json;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class Every_reader
{
    static readonly string[] Files =
    [
        "grafana/mixed-group-firing-and-resolved.json", "grafana/legacy-alerting.json", "alertmanager/webhook-firing-two.json",
        "alertmanager/api-v2-post-no-times.json", "gcp/v1.2-open-cpu.json", "aws/sns-notification-cloudwatch-alarm.json",
        "aws/s3-event-object-created.json", "azure/service-health-stage-resolved.json", "azure/log-v2-fired.json", "oci/alarm-ok-to-firing-v1.5.json",
        "pagerduty/events-v2-trigger.json", "generic/pingdom-down-epoch.json", "uptime-kuma/down.json", "zabbix/problem-crlf-unresolved-macros.json",
    ];

    public static TheoryData<string> Kinds => [.. IntegrationKind.Webhooks];

    [Fact]
    public void Is_there_for_every_kind() => Assert.Equal(IntegrationKind.Webhooks.Order(), All.Select(webhook => webhook.Kind).Order());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Says_of_anything_either_what_it_is_or_where_it_is_wrong(string kind)
    {
        // Bodies of all vendors, torn, shuffled and with odd values in them: the same ones in every run.
        Random random = new(20261130);
        foreach (var file in Files)
            for (var round = 0; round < 25; round++)
                Try(kind, Spoiled(Payload.Bytes(file), random));
        for (var round = 0; round < 150; round++)
        {
            var garbage = new byte[random.Next(200)];
            random.NextBytes(garbage);
            Try(kind, garbage);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Says_the_same_again(string kind)
    {
        foreach (var file in Files)
            Assert.Equal(Try(kind, Payload.Bytes(file)), Try(kind, Payload.Bytes(file)));
    }

    static string Try(string kind, byte[] body)
    {
        try
        {
            var reading = Read(kind, body);
            foreach (var news in reading.Items)
            {
                Assert.InRange(news.ExternalId.Length, 1, 255);
                Assert.InRange(news.Labels.Count, 0, 24);
                Assert.True(JsonSerializer.Serialize(news.Labels).Length <= 800);
                Assert.True(news.Severity is null or "critical" or "high" or "medium" or "low" or "info", news.Severity);
                Assert.True(news.ReportedAt is null || news.ReportedAt <= Now.AddMinutes(5));
                Assert.All(news.Labels, label => Assert.Equal(label.Key.ToLowerInvariant(), label.Key));
            }
            return JsonSerializer.Serialize(reading.Items);
        }
        catch (MalformedBodyException e)
        {
            Assert.NotEmpty(e.Place);
            return e.Message;
        }
    }

    static byte[] Spoiled(byte[] body, Random random)
    {
        string[] odd = ["null", "[]", "{}", "-1", "1e999", "\"\"", "\"\\ud800\"", "true", "\"9999-99-99T99:99:99Z\"", "0", "[[[[]]]]", "1e-999999"];
        switch (random.Next(4))
        {
            case 0: // torn
                return body[..random.Next(body.Length)];
            case 1: // some bytes are others
                for (var n = random.Next(1, 8); n > 0; n--)
                    body[random.Next(body.Length)] = (byte)random.Next(256);
                return body;
            default: // a value is something else
                var text = Encoding.UTF8.GetString(body);
                var values = System.Text.RegularExpressions.Regex.Matches(text, """(?<=": ?)("(?:[^"\\]|\\.)*"|[-0-9.]+|null|true|false)""");
                var value = values[random.Next(values.Count)];
                return Encoding.UTF8.GetBytes(text[..value.Index] + odd[random.Next(odd.Length)] + text[(value.Index + value.Length)..]);
        }
    }
}
