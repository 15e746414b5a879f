using System.Text.Json;
using Sigma.Contracts;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs;
using Sigma.Gateway.Logs.Plain;
using Sigma.Gateway.Webhooks;

namespace Sigma.UnitTests.Gateway.Logs;

public sealed class JSON_records
{
    [Theory]
    [InlineData("""{"date":1700000000.5,"log":"hello","stream":"stdout"}""", "Fluent Bit")]
    [InlineData("""[{"date":1700000000.5,"log":"hello","stream":"stdout"}]""", "Fluent Bit, a list")]
    [InlineData("""{"timestamp":"2023-11-14T22:13:20.500Z","message":"hello","stream":"stdout"}""", "Vector")]
    [InlineData("""{"@timestamp":"2023-11-14T22:13:20.500Z","@version":null,"message":"hello","event":{"original":"hello"},"stream":"stdout"}""",
        "Logstash")]
    [InlineData("""{"@timestamp":1700000000500,"message":"hello","stream":"stdout"}""", "milliseconds, by the field")]
    [InlineData("""{"__REALTIME_TIMESTAMP":"1700000000500000","MESSAGE":"hello","stream":"stdout"}""", "journalctl")]
    [InlineData("""{"ts":"2023-11-14T19:13:20.500-03:00","msg":"hello","stream":"stdout"}""", "another zone")]
    public void Understands_what_shippers_send(string body, string shipper)
    {
        _ = shipper;
        var line = Assert.Single(Read(body));
        Assert.Equal(("hello", "stream=stdout", ""), (line.Text, line.Labels(), line.Fields()));
        Assert.Equal(new DateTimeOffset(2023, 11, 14, 22, 13, 20, 500, TimeSpan.Zero), line.At);
    }

    [Theory]
    [InlineData("{\"msg\":\"a\"}\n{\"msg\":\"b\"}\n")]
    [InlineData("{\"msg\":\"a\"}{\"msg\":\"b\"}")]
    [InlineData(" [{\"msg\":\"a\"},\n{\"msg\":\"b\"}]\r\n")]
    [InlineData("[{\"msg\":\"a\"}] [\"b\"]")]
    [InlineData("\uFEFF{\"msg\":\"a\"}\n\n{\"msg\":\"b\"}")]
    public void Reads_lists_lines_and_objects_one_after_another(string body) => Assert.Equal(["a", "b"], Read(body).Select(line => line.Text));

    [Fact]
    public void Finds_labels_level_and_fields_in_objects_within_objects()
    {
        var line = Assert.Single(Read("""
            {"host":{"name":"web-1"},"service":{"name":"shop","version":"2"},"log":{"level":"WARN","logger":"x"},"message":"m","http":{"status":500},
             "kubernetes":{"namespace_name":"live","pod_name":"p"},"tags":["a","b"],"nothing":null}
            """));
        Assert.Equal("host=web-1 namespace=live pod=p service=shop", line.Labels());
        Assert.Equal("medium", line.Level);
        Assert.Equal("""http.status=500 log.level=WARN log.logger=x service.version=2 tags=["a","b"]""", line.Fields());
    }

    [Theory]
    [InlineData("\"error\"", "high")]
    [InlineData("\"FATAL\"", "critical")]
    [InlineData("\"notice\"", "info")]
    [InlineData("\"trace\"", "info")]
    [InlineData("3", "high")]
    [InlineData("\"2\"", "critical")]
    [InlineData("40", "medium")]
    [InlineData("60", "critical")]
    [InlineData("\"low\"", "info")]
    [InlineData("\"curious\"", null)]
    [InlineData("[]", null)]
    public void Maps_levels(string level, string? expected) =>
        Assert.Equal(expected, Assert.Single(Read($$"""{"msg":"x","level":{{level}}}""")).Level);

    [Fact]
    public void Keeps_a_level_that_it_does_not_know() =>
        Assert.Equal("level=curious", Assert.Single(Read("""{"msg":"x","level":"curious"}""")).Fields());

    [Fact]
    public void Uses_the_words_of_the_integration_first()
    {
        var integration = new Integration
        {
            Name = "logs", Kind = IntegrationKind.Logs, SeverityWords = new Dictionary<string, string> { ["error"] = "info" },
        };
        Assert.Equal("info", Assert.Single(Read("""{"msg":"x","level":"Error"}""", integration)).Level);
    }

    [Fact]
    public void Takes_an_object_without_a_text_for_the_line()
    {
        var line = Assert.Single(Read("""{"a": 1, "b": "two"}"""));
        Assert.Equal(("""{"a": 1, "b": "two"}""", "a=1 b=two", Reading.Now), (line.Text, line.Fields(), line.At));
    }

    [Fact]
    public void Keeps_texts_and_times_that_are_not_the_chosen_ones_as_fields()
    {
        var line = Assert.Single(Read("""
            {"log":"second","message":"first","date":5,"@timestamp":"2023-11-14T22:13:20Z","time":"half past ten"}
            """));
        Assert.Equal(("first", "date=5 log=second time=half past ten"), (line.Text, line.Fields()));
        Assert.Equal(new DateTimeOffset(2023, 11, 14, 22, 13, 20, TimeSpan.Zero), line.At);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("")]
    [InlineData("12:30")]
    [InlineData("2023-13-45T00:00:00Z")]
    public void Takes_the_arrival_where_there_is_no_time(string time) =>
        Assert.Equal(Reading.Now, Assert.Single(Read($$"""{"msg":"x","time":"{{time}}"}""")).At);

    [Fact]
    public void Distrusts_a_time_far_in_the_future_and_keeps_it()
    {
        var line = Assert.Single(Read("""{"msg":"x","time":"2999-01-01T00:00:00Z"}"""));
        Assert.Equal((Reading.Now, "said_time=2999-01-01T00:00:00.0000000+00:00"), (line.At, line.Fields()));
    }

    [Fact]
    public void Cuts_what_is_too_long_and_says_so()
    {
        var limits = new LogsOptions { LongestLine = 256, LongestField = 64, FieldsPerLine = 2, LabelsPerLine = 1 };
        var line = Assert.Single(Read($$"""
            {"msg":"{{new string('x', 1000)}}","a":"{{new string('y', 1000)}}","b":"1","c":"2","d":"3","host":"h","service":"s"}
            """, limits: limits));
        Assert.Equal(256, line.Text.Length);
        Assert.EndsWith("… [cut, 1000 characters]", line.Text);
        Assert.Equal(64, line.Fields!["a"].Length);
        Assert.Equal("3", line.Fields["left_out"]);
        Assert.Equal("host=h", line.Labels());
    }

    [Fact]
    public void Never_cuts_a_character_in_two()
    {
        var limits = new LogsOptions { LongestLine = 256 };
        foreach (var before in Enumerable.Range(0, 4))
        {
            var text = new string('x', before) + string.Concat(Enumerable.Repeat("😀", 300));
            var line = Assert.Single(Read($$"""{"msg":"{{text}}"}""", limits: limits));
            Assert.Equal(line.Text, new string([.. line.Text.EnumerateRunes().SelectMany(rune => rune.ToString())]));
            Assert.DoesNotContain('\uFFFD', line.Text);
        }
    }

    [Fact]
    public void Shares_the_labels_of_lines_that_have_the_same()
    {
        var lines = Read("""{"msg":"a","host":"h"}{"msg":"b","host":"h"}{"msg":"c","host":"other"}""");
        Assert.Same(lines[0].Labels, lines[1].Labels);
        Assert.NotSame(lines[0].Labels, lines[2].Labels);
    }

    [Fact]
    public void Loses_no_line_for_characters_that_are_not_UTF8()
    {
        byte[] body = [.. "{\"msg\":\"a"u8, 0xff, .. "b\",\"x\":\"\\ud800\",\"na"u8, 0xfe, .. "me\":1}"u8];
        var lines = Reading.Lines();
        new PlainReader(lines, Reading.Known()).Read(body, null);
        Assert.Equal("a\uFFFDb", Assert.Single(lines.Lines).Text);
    }

    [Fact]
    public void Takes_lines_of_text_only_where_the_sender_says_so()
    {
        var lines = Reading.Lines();
        new PlainReader(lines, Reading.Known()).Read("a\nb\r\n"u8, "text/plain; charset=utf-8");
        Assert.Equal(["a", "b"], lines.Lines.Select(line => line.Text));
        Assert.Throws<MalformedBodyException>(() => new PlainReader(lines, Reading.Known()).Read("a=b"u8, "application/x-www-form-urlencoded"));
    }

    [Theory]
    [InlineData("{\"msg\":\"a\"}\n{\"msg\":\"b")]
    [InlineData("[{\"msg\":\"a\"}")]
    [InlineData("{\"msg\":\"a\"},{\"msg\":\"b\"}")]
    [InlineData("{\"msg\":/**/\"a\"}")]
    public void Refuses_what_is_no_JSON(string body) => Assert.ThrowsAny<JsonException>(() => Read(body));

    [Fact]
    public void Names_the_record_that_is_none() =>
        Assert.Equal("record 1, byte 15: a record must be an object",
            Assert.Throws<MalformedBodyException>(() => Read("[{\"msg\":\"a\"}, 5]")).Message);

    [Fact]
    public void Refuses_JSON_that_is_too_deep()
    {
        var body = string.Concat(Enumerable.Repeat("{\"a\":", 1_000)) + "1" + new string('}', 1_000);
        Assert.ThrowsAny<JsonException>(() => Read(body));
    }

    [Fact]
    public void Keeps_what_has_a_long_path_of_names()
    {
        var name = new string('n', 300);
        var line = Assert.Single(Read("""{"msg":"x","#":{"#":{"#":"deep"}}}""".Replace("#", name)));
        Assert.Contains("deep", Assert.Single(line.Fields!).Value);
    }

    [Fact]
    public void Refuses_more_lines_than_a_request_may_have()
    {
        var e = Assert.Throws<RefusedException>(() => Read("[{},{},{}]", limits: new LogsOptions { LinesPerRequest = 2 }));
        Assert.Equal(413, e.Status);
    }

    [Fact]
    public void Makes_labels_of_the_fields_that_a_setting_names()
    {
        var limits = new LogsOptions { Labels = { ["customer.id"] = "Account" } };
        Assert.Equal("account=7", Assert.Single(Read("""{"msg":"x","customer":{"id":7}}""", limits: limits)).Labels());
    }

    static IReadOnlyList<LogLine> Read(string body, Integration? integration = null, LogsOptions? limits = null)
    {
        var lines = Reading.Lines(integration, limits);
        new PlainReader(lines, Reading.Known(limits)).Read(Reading.Utf8(body), null);
        return lines.Lines;
    }
}
