using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Logs.Loki;
using Sigma.Gateway.Webhooks;
using Snappier;

namespace Sigma.UnitTests.Gateway.Logs;

public sealed class Pushes_to_Loki
{
    [Fact]
    public void Yields_the_lines_of_all_streams_with_their_structured_metadata()
    {
        var lines = Read(Payload.Text("logs/loki-push.json"));
        Assert.Equal(2, lines.Lines.Count);
        Assert.Equal(new DateTimeOffset(2019, 10, 11, 18, 23, 58, TimeSpan.Zero), lines.Lines[0].At);
        Assert.Equal(("fizzbuzz", "foo=bar2", ""), (lines.Lines[0].Text, lines.Lines[0].Labels(), lines.Lines[0].Fields()));
        Assert.Equal(("line with metadata", "label=value"), (lines.Lines[1].Text, lines.Lines[1].Labels()));
        Assert.Equal("trace_id=0242ac120002 user_id=superUser123", lines.Lines[1].Fields());
    }

    [Fact]
    public void Names_the_place_of_a_line_that_is_an_object()
    {
        var e = Assert.Throws<MalformedBodyException>(() => Read(Payload.Text("logs/loki-push-invalid-line-is-object.json")));
        Assert.Equal("streams[0].values[0]: the line must be a text", e.Message);
    }

    [Fact]
    public void Reads_protobuf_as_it_reads_JSON()
    {
        var lines = Reading.Lines();
        new LokiProtobuf(lines, null).Read(Snappy.DecompressToArray(Payload.Bytes("logs/loki-push.snappy.pb")));
        var line = Assert.Single(lines.Lines);
        var same = Read(Payload.Text("logs/loki-push.json")).Lines[0];
        Assert.Equal((same.At, same.Text, same.Labels(), same.Level), (line.At, line.Text, line.Labels(), line.Level));
    }

    [Fact]
    public void Reads_labels_that_come_after_the_lines()
    {
        var line = Assert.Single(Read("""{"streams":[{"values":[["1570818238000000000","x"]],"stream":{"app":"web"}}]}""").Lines);
        Assert.Equal("app=web", line.Labels());
    }

    [Fact]
    public void Reads_what_former_versions_send()
    {
        var line = Assert.Single(Read("""
            {"streams":[{"labels":"{app=\"we\\\"b\", env=\"live\"}","entries":[{"ts":"2019-10-11T18:23:58.123456789Z","line":"x"}]}]}
            """).Lines);
        Assert.Equal("app=we\"b env=live", line.Labels());
        Assert.Equal(new DateTimeOffset(2019, 10, 11, 18, 23, 58, 123, 456, TimeSpan.Zero), line.At, TimeSpan.FromMicroseconds(1));
    }

    [Fact]
    public void Takes_the_level_of_the_line_before_that_of_its_stream()
    {
        var lines = Read("""
            {"streams":[{"stream":{"level":"warn"},"values":[["1570818238000000000","a"],["1570818238000000000","b",{"level":"error"}]]}]}
            """).Lines;
        Assert.Equal(["medium", "high"], lines.Select(line => line.Level));
    }

    [Theory]
    [InlineData("""{"streams":[{"stream":{"a":1},"values":[]}]}""", "streams[0].stream.a: a text should be here")]
    [InlineData("""{"streams":{}}""", "streams: a list should be here")]
    [InlineData("""[]""", "the body: an object should be here")]
    [InlineData("""{"streams":[{"stream":{},"values":[["yesterday","x"]]}]}""",
        "streams[0].values[0]: the time must be nanoseconds since 1970, as a text")]
    [InlineData("""{"streams":[{"stream":{},"values":[["1","x",{"a":{}}]]}]}""", "streams[0].values[0]: structured metadata a must be a text")]
    [InlineData("""{"streams":[{"labels":"{a=b}","entries":[]}]}""", "streams[0].labels, character 4: a value in quotes should be here")]
    [InlineData("""{"streams":[{"labels":"{a=\"b","entries":[]}]}""", "streams[0].labels, character 6: the value does not end")]
    public void Says_what_is_wrong_and_where(string body, string error) =>
        Assert.Equal(error, Assert.Throws<MalformedBodyException>(() => Read(body)).Message);

    [Fact]
    public void Adds_the_tenant_and_the_labels_of_the_integration_which_win()
    {
        var lines = Reading.Lines(new Integration
        {
            Name = "logs", Kind = IntegrationKind.Logs, Labels = new Dictionary<string, string> { ["env"] = "ours" },
        });
        new LokiJson(lines, "tenant-1").Read("""{"streams":[{"stream":{"Env":"theirs"},"values":[["1570818238000000000","x"]]}]}"""u8);
        Assert.Equal("env=ours tenant=tenant-1", Assert.Single(lines.Lines).Labels());
    }

    static LineCollector Read(string body)
    {
        var lines = Reading.Lines();
        new LokiJson(lines, null).Read(Reading.Utf8(body));
        return lines;
    }
}
