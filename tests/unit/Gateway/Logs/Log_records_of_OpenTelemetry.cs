using Sigma.Contracts;
using Sigma.Gateway.Logs.OpenTelemetry;
using Sigma.Gateway.Protobuf;
using Sigma.Gateway.Webhooks;

namespace Sigma.UnitTests.Gateway.Logs;

public sealed class Log_records_of_OpenTelemetry
{
    [Fact]
    public void Yields_the_record_with_its_resource_and_its_trace()
    {
        var line = Assert.Single(Json(Payload.Text("logs/otlp-logs.json")));
        Assert.Equal("Example log record", line.Text);
        Assert.Equal("info", line.Level);
        Assert.Equal(new DateTimeOffset(2018, 12, 13, 14, 51, 0, 300, TimeSpan.Zero), line.At);
        Assert.Equal("service=my.service", line.Labels());
        Assert.Equal(new Dictionary<string, string>
        {
            ["trace_id"] = "5b8efff798038103d269b633813fc60c", ["span_id"] = "eee19b7ec3c1b174", ["severity_text"] = "Information",
            ["scope"] = "my.library", ["string.attribute"] = "some string", ["boolean.attribute"] = "true", ["int.attribute"] = "10",
            ["double.attribute"] = "637.704", ["array.attribute"] = """["many","values"]""", ["map.attribute"] = """{"some.map.key":"some value"}""",
        }, line.Fields);
    }

    [Fact]
    public void Reads_protobuf_as_it_reads_JSON()
    {
        var json = Assert.Single(Json(Payload.Text("logs/otlp-logs.json")));
        var protobuf = Assert.Single(Protobuf(Payload.Bytes("logs/otlp-logs.pb")));
        Assert.Equal((json.At, json.Text, json.Level, json.Labels(), json.Fields()),
            (protobuf.At, protobuf.Text, protobuf.Level, protobuf.Labels(), protobuf.Fields()));
    }

    [Fact]
    public void Takes_the_arrival_for_a_record_without_a_time_and_no_offence_at_empty_parts()
    {
        var line = Assert.Single(Json(Payload.Text("logs/otlp-logs-empty-and-odd.json")));
        Assert.Equal(("test", Reading.Now, (string?)null), (line.Text, line.At, line.Level));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"resourceLogs":null}""")]
    [InlineData("""{"resourceLogs":[{"resource":null,"scopeLogs":[{"scope":null,"logRecords":null}]}],"new":[1,{}]}""")]
    public void Takes_nothing_for_nothing(string body) => Assert.Empty(Json(body));

    [Fact]
    public void Reads_a_resource_that_comes_after_its_records()
    {
        var line = Assert.Single(Json("""
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x"},"observedTimeUnixNano":1544712660300000000,
             "timeUnixNano":"0"}],"scope":{"name":"s"}}],"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"h"}}]}}]}
            """));
        Assert.Equal(("host=h", "scope=s"), (line.Labels(), line.Fields()));
        Assert.Equal(new DateTimeOffset(2018, 12, 13, 14, 51, 0, 300, TimeSpan.Zero), line.At);
    }

    [Fact]
    public void Makes_a_text_of_a_structured_body()
    {
        var line = Assert.Single(Json("""
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"kvlistValue":{"values":[
              {"key":"a","value":{"intValue":"9007199254740993"}},{"key":"b","value":{"arrayValue":{"values":[{"boolValue":true},{}]}}},
              {"key":"c","value":null}]}}}]}]}]}
            """));
        Assert.Equal("""{"a":9007199254740993,"b":[true,null],"c":null}""", line.Text);
    }

    [Theory]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"soon"}]}]}]}""",
        "resourceLogs[0].scopeLogs[0].logRecords[0].timeUnixNano: a number should be here")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":"text"}]}]}]}""",
        "resourceLogs[0].scopeLogs[0].logRecords[0].body: an object should be here")]
    [InlineData("""{"resourceLogs":{}}""", "resourceLogs: a list should be here")]
    public void Says_what_is_wrong_and_where(string body, string error) =>
        Assert.Equal(error, Assert.Throws<MalformedBodyException>(() => Json(body)).Message);

    [Fact]
    public void Does_not_follow_values_within_values_for_ever()
    {
        var value = new ProtobufWriter().Text(1, "x");
        for (var depth = 0; depth < 100; depth++)
            value = new ProtobufWriter().Message(5, new ProtobufWriter().Message(1, value));
        var record = new ProtobufWriter().Message(5, value);
        var request = new ProtobufWriter().Message(1, new ProtobufWriter().Message(2, new ProtobufWriter().Message(2, record)));
        Assert.Throws<MalformedBodyException>(() => Protobuf(request.Written.ToArray()));
    }

    [Fact]
    public void Refuses_a_message_that_ends_too_early()
    {
        var body = Payload.Bytes("logs/otlp-logs.pb");
        for (var length = 1; length < body.Length; length++)
            Assert.Throws<MalformedBodyException>(() => Protobuf(body[..length]));
    }

    static IReadOnlyList<LogLine> Json(string body)
    {
        var lines = Reading.Lines();
        new OtlpLogsJson(lines, Reading.Known()).Read(Reading.Utf8(body));
        return lines.Lines;
    }

    static IReadOnlyList<LogLine> Protobuf(byte[] body)
    {
        var lines = Reading.Lines();
        new OtlpLogsProtobuf(lines, Reading.Known()).Read(body);
        return lines.Lines;
    }
}
