using Sigma.Gateway.Logs.Elasticsearch;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Webhooks;

namespace Sigma.UnitTests.Gateway.Logs;

public sealed class Bulk_requests
{
    [Fact]
    public void Takes_index_and_create_and_answers_delete_and_update_as_not_supported()
    {
        var (lines, items) = Read(Payload.Text("logs/es-bulk-mixed-actions.ndjson"));
        Assert.Equal(["index 201", "delete 400", "create 201", "update 400", "index 201", "delete 400", "create 201", "update 400"],
            items.Select(item => $"{item.Action} {item.Status}"));
        Assert.Equal(["1", "2", "3", "1", "10", "20", "30", "10"], items.Select(item => item.Id));
        Assert.Equal(["""{ "field1" : "value1" }""", """{ "field1" : "value3", "field2" : "value4" }""",
            """{ "field1" : "value1", "a": "line", "that" : "is", "long": "line", "contained": "request" }""", "ok"],
            lines.Lines.Select(line => line.Text));
        Assert.All(lines.Lines, line => Assert.Equal("index=test", line.Labels()));
        Assert.Equal("_id=30 field10=value30 field20=value40", lines.Lines[3].Fields());
    }

    [Fact]
    public void Reads_what_Fluent_Bit_sends()
    {
        var (lines, items) = Read(Payload.Text("logs/es-bulk-fluent-bit.ndjson"));
        Assert.All(items, item => Assert.Equal(("create", "fluent-bit", 201), (item.Action, item.Index, item.Status)));
        Assert.Equal(new DateTimeOffset(2015, 11, 24, 22, 15, 40, TimeSpan.Zero), lines.Lines[0].At);
        Assert.Equal("END_KEY=JSON_END key.4=5000 key_0=false key_1=true key_2=some string key_3=0.12345678", lines.Lines[0].Fields());
        Assert.Equal("""[{".o.k":[{".b.ar":"baz"}]}]""", lines.Lines[1].Fields![".fo.o"]);
    }

    [Fact]
    public void Answers_a_record_that_is_no_JSON_for_itself_and_takes_the_others()
    {
        var (lines, items) = Read("""
            {"index":{"_index":"a"}}
            {"message":"first"}
            {"index":{}}
            {"message":"broken
            {"create":{}}
            {"message":"third"}

            """);
        Assert.Equal([201, 400, 201], items.Select(item => item.Status));
        Assert.Equal(["first", "third"], lines.Lines.Select(line => line.Text));
        Assert.Equal("document_parsing_exception", items[1].Error);
        Assert.StartsWith("[line 4] failed to parse", items[1].Reason);
        Assert.Equal([0, -1, 1], items.Select(item => item.Line));
    }

    [Fact]
    public void Tolerates_carriage_returns_and_empty_lines()
    {
        var (lines, _) = Read("\r\n{\"index\":{\"_index\":\"a\"}}\r\n{\"message\":\"x\"}\r\n\n");
        Assert.Equal("x", Assert.Single(lines.Lines).Text);
    }

    [Theory]
    [InlineData("{\"index\":{}}\n{\"a\":1}", "the end: The bulk request must be terminated by a newline [\\n]")]
    [InlineData("", "the body: request body is required")]
    [InlineData("{\"index\":{}}\n", "line 2: the record of the action index should be here")]
    [InlineData("[]\n", "line 1: Malformed action/metadata line [1], expected START_OBJECT")]
    [InlineData("{\"index\":{}}\n{\"a\":1}\n{\"drop\":{}}\n",
        "line 3: Malformed action/metadata line [3], expected one of [create, delete, index, update] but found [drop]")]
    public void Refuses_the_whole_request_for_a_wrong_action(string body, string error) =>
        Assert.Equal(error, Assert.Throws<MalformedBodyException>(() => Read(body)).Message);

    [Fact]
    public void Refuses_an_id_of_more_than_512_bytes()
    {
        var (lines, items) = Read("{\"create\":{\"_id\":\"" + new string('x', 513) + "\"}}\n{\"message\":\"x\"}\n");
        Assert.Empty(lines.Lines);
        Assert.Equal(400, Assert.Single(items).Status);
    }

    static (LineCollector Lines, List<BulkItem> Items) Read(string body)
    {
        var lines = Reading.Lines();
        var reader = new BulkReader(lines, Reading.Known(), null);
        reader.Read(Reading.Utf8(body));
        return (lines, reader.Items);
    }
}
