using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sigma.Gateway.Protobuf;

namespace Sigma.ServiceTests.Gateway.Logs;

/// <summary>What senders of each protocol are answered, and what comes through the broker.</summary>
public sealed class Lines_over_HTTP : IAsyncLifetime
{
    const string Ndjson = "application/x-ndjson", Protobuf = "application/x-protobuf";

    LogsSession _gateway = null!;

    public async Task InitializeAsync() => _gateway = await LogsSession.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("/loki/api/v1/push")]
    [InlineData("/api/prom/push")]
    public async Task A_push_to_Loki_is_answered_with_204_and_nothing(string path)
    {
        using var answer = await _gateway.Post(path, Payload.Text("logs/loki-push.json"));
        await Expect(answer, HttpStatusCode.NoContent, "");
        var lines = await _gateway.Lines(2);
        Assert.Equal(["fizzbuzz", "line with metadata"], lines.Select(line => line.Text));
        Assert.Equal(("bar2", "lab"), (lines[0].Labels["foo"], lines[0].Labels["site"]));
        Assert.Equal("superUser123", lines[1].Fields!["user_id"]);
        Assert.Equal("logs", Assert.Single(_gateway.Received.Sources.Distinct()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("snappy")]
    public async Task A_push_in_protobuf_is_unpacked_whether_it_says_so_or_not(string? encoding)
    {
        using var answer = await _gateway.Post("/loki/api/v1/push", Payload.Bytes("logs/loki-push.snappy.pb"), Protobuf, encoding);
        await Expect(answer, HttpStatusCode.NoContent, "");
        Assert.Equal("fizzbuzz", Assert.Single(await _gateway.Lines(1)).Text);
    }

    [Fact]
    public async Task A_push_with_a_line_that_is_an_object_is_400_with_the_place_and_nothing_of_it_is_taken()
    {
        using var answer = await _gateway.Post("/loki/api/v1/push", Payload.Text("logs/loki-push-invalid-line-is-object.json"));
        await Expect(answer, HttpStatusCode.BadRequest, "streams[0].values[0]: the line must be a text\n");
        Assert.Equal(1, await _gateway.Malformed());
        Assert.Empty(_gateway.Received.Lines);
    }

    [Fact]
    public async Task Bulk_requests_are_answered_item_by_item_in_their_order()
    {
        using var answer = await _gateway.Post("/_bulk", Payload.Text("logs/es-bulk-mixed-actions.ndjson"), Ndjson);
        var json = await Json(answer, HttpStatusCode.OK);
        Assert.True(json.GetProperty("errors").GetBoolean());
        Assert.True(json.GetProperty("took").GetInt64() >= 0);
        Assert.Equal(["index test 1 201", "delete test 2 400", "create test 3 201", "update test 1 400", "index test 10 201", "delete test 20 400",
            "create test 30 201", "update test 10 400"], Items(json));
        Assert.Equal("Elasticsearch", answer.Headers.GetValues("X-Elastic-Product").Single());
        Assert.Equal(4, (await _gateway.Lines(4)).Count);
    }

    [Fact]
    public async Task What_Fluent_Bit_sends_in_bulk_is_taken_record_by_record()
    {
        using var answer = await _gateway.Post("/_bulk", Payload.Text("logs/es-bulk-fluent-bit.ndjson"), Ndjson);
        var json = await Json(answer, HttpStatusCode.OK);
        Assert.False(json.GetProperty("errors").GetBoolean());
        Assert.Equal(["create fluent-bit 201", "create fluent-bit 201"], json.GetProperty("items").EnumerateArray().Select(item =>
            $"create {item.GetProperty("create").GetProperty("_index").GetString()} {item.GetProperty("create").GetProperty("status").GetInt32()}"));
        var lines = await _gateway.Lines(2);
        Assert.Equal([new(2015, 11, 24, 22, 15, 40, TimeSpan.Zero), new DateTimeOffset(2015, 11, 24, 22, 15, 41, TimeSpan.Zero)],
            lines.Select(line => line.At));
        Assert.Equal("5000", lines[0].Fields!["key.4"]);
    }

    [Fact]
    public async Task A_batch_that_is_taken_in_part_is_answered_in_the_shape_of_the_payloads()
    {
        const string body = """
            {"index":{"_index":"a"}}
            {"message":"whole"}
            {"index":{"_index":"a"}}
            {"message":"broken

            """;
        using var answer = await _gateway.Post("/_bulk", body, Ndjson);
        var ours = await Json(answer, HttpStatusCode.OK);
        var theirs = JsonDocument.Parse(Payload.Text("logs/es-bulk-response-partial.json")).RootElement;
        Assert.Equal([201, 400],
            ours.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("index").GetProperty("status").GetInt32()));
        // All that is in theirs is in ours, and of the same kind.
        HasShapeOf(theirs, ours, "answer");
        HasShapeOf(theirs.GetProperty("items")[1], ours.GetProperty("items")[1], "an item that is not taken");
        Assert.Equal("whole", Assert.Single(await _gateway.Lines(1)).Text);

        static void HasShapeOf(JsonElement expected, JsonElement actual, string place)
        {
            Assert.True(expected.ValueKind == actual.ValueKind, $"{place} is {actual.ValueKind}, not {expected.ValueKind}");
            if (expected.ValueKind == JsonValueKind.Object)
                foreach (var field in expected.EnumerateObject())
                    HasShapeOf(field.Value, actual.GetProperty(field.Name), $"{place}.{field.Name}");
        }
    }

    [Fact]
    public async Task Bulk_requests_name_their_index_in_the_address_and_may_be_put()
    {
        using var content = new StringContent("{\"create\":{}}\n{\"message\":\"x\"}\n");
        using var answer = await _gateway.Http.PutAsync("/app-logs/_bulk?filter_path=errors", content);
        var json = await Json(answer, HttpStatusCode.OK);
        Assert.False(json.GetProperty("errors").GetBoolean());
        Assert.Equal("app-logs", Assert.Single(await _gateway.Lines(1)).Labels["index"]);
    }

    [Fact]
    public async Task A_bulk_request_that_comes_again_with_its_ids_adds_nothing()
    {
        const string body = """
            {"create":{"_index":"a","_id":"1"}}
            {"message":"first"}
            {"index":{"_index":"a","_id":"2"}}
            {"message":"second"}
            {"create":{"_index":"a","_id":"2"}}
            {"message":"the same id in one request"}

            """;
        using var first = await _gateway.Post("/_bulk", body, Ndjson);
        Assert.Equal(["create a 1 201", "index a 2 201", "create a 2 409"], Items(await Json(first, HttpStatusCode.OK)));
        using var second = await _gateway.Post("/_bulk", body, Ndjson);
        Assert.Equal(["create a 1 409", "index a 2 200", "create a 2 409"], Items(await Json(second, HttpStatusCode.OK)));
        using var other = await _gateway.Post("/_bulk", body.Replace("\"a\"", "\"b\""), Ndjson);
        Assert.Equal(["create b 1 201", "index b 2 201", "create b 2 409"], Items(await Json(other, HttpStatusCode.OK)));
        Assert.Equal(["first", "second", "first", "second"], (await _gateway.Lines(4)).Select(line => line.Text));
    }

    [Fact]
    public async Task A_wrong_action_is_400_for_the_whole_bulk_request()
    {
        using var answer = await _gateway.Post("/_bulk", "{\"create\":{}}\n{\"message\":\"x\"}\nnonsense\n", Ndjson);
        var error = (await Json(answer, HttpStatusCode.BadRequest)).GetProperty("error");
        Assert.Equal("illegal_argument_exception", error.GetProperty("type").GetString());
        Assert.Contains("[3]", error.GetProperty("reason").GetString());
        Assert.Empty(_gateway.Received.Lines);
    }

    [Theory]
    [InlineData("GET", "/", "tagline", "You Know, for Search")]
    [InlineData("GET", "/elasticsearch/", "tagline", "You Know, for Search")]
    [InlineData("GET", "/_license", "license", null)]
    [InlineData("GET", "/_xpack", "license", null)]
    [InlineData("GET", "/_cluster/health", "status", "green")]
    [InlineData("GET", "/_nodes/http", "cluster_name", "sigma")]
    [InlineData("GET", "/_index_template/ecs-logstash", null, null)]
    [InlineData("PUT", "/_template/logstash", "acknowledged", null)]
    [InlineData("PUT", "/_ilm/policy/filebeat", "acknowledged", null)]
    [InlineData("GET", "/_ingest/pipeline/filebeat", null, null)]
    public async Task Shippers_find_at_their_start_what_they_ask_for(string method, string path, string? name, string? value)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await _gateway.Http.SendAsync(request);
        var json = await Json(answer, HttpStatusCode.OK);
        Assert.Equal("Elasticsearch", answer.Headers.GetValues("X-Elastic-Product").Single());
        if (name is not null)
            Assert.Equal(value ?? json.GetProperty(name).ToString(), json.GetProperty(name).ToString());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/_index_template/ecs-logstash")]
    public async Task Shippers_that_only_look_whether_it_is_there_get_an_empty_200(string path)
    {
        using var answer = await _gateway.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Log_records_in_JSON_are_answered_in_JSON()
    {
        using var answer = await _gateway.Post("/v1/logs", Payload.Text("logs/otlp-logs.json"));
        await Expect(answer, HttpStatusCode.OK, "{}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Example log record", Assert.Single(await _gateway.Lines(1)).Text);
    }

    [Theory]
    [InlineData("/v1/logs")]
    [InlineData("/otlp/v1/logs")]
    public async Task Log_records_in_protobuf_are_answered_in_protobuf(string path)
    {
        using var answer = await _gateway.Post(path, Gzip(Payload.Bytes("logs/otlp-logs.pb")), Protobuf, "gzip");
        await Expect(answer, HttpStatusCode.OK, "");
        Assert.Equal(Protobuf, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("my.service", Assert.Single(await _gateway.Lines(1)).Labels["service"]);
    }

    [Fact]
    public async Task Log_records_without_a_time_and_none_at_all_are_taken()
    {
        using var odd = await _gateway.Post("/v1/logs", Payload.Text("logs/otlp-logs-empty-and-odd.json"));
        await Expect(odd, HttpStatusCode.OK, "{}");
        using var empty = await _gateway.Post("/v1/logs", [], Protobuf);
        await Expect(empty, HttpStatusCode.OK, "");
        Assert.Equal("test", Assert.Single(await _gateway.Lines(1)).Text);
    }

    [Fact]
    public async Task A_record_that_is_cut_is_told_as_a_warning_that_nobody_sends_again()
    {
        var body = $$$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"{{{new string('x', 70_000)}}}"}}]}]}]}""";
        using var answer = await _gateway.Post("/v1/logs", body);
        var partial = (await Json(answer, HttpStatusCode.OK)).GetProperty("partialSuccess");
        Assert.Equal("0", partial.GetProperty("rejectedLogRecords").GetString());
        Assert.Equal("1 of 1 records were longer than 65536 characters and were cut", partial.GetProperty("errorMessage").GetString());
        Assert.Equal(65_536, Assert.Single(await _gateway.Lines(1)).Text.Length);
    }

    [Fact]
    public async Task Errors_of_OpenTelemetry_are_a_status_in_the_encoding_of_the_request()
    {
        using var json = await _gateway.Post("/v1/logs", """{"resourceLogs":5}""");
        var status = await Json(json, HttpStatusCode.BadRequest);
        Assert.Equal((3, "resourceLogs: a list should be here"), (status.GetProperty("code").GetInt32(), status.GetProperty("message").GetString()));
        using var protobuf = await _gateway.Post("/v1/logs", [0x0a, 0x7f], Protobuf);
        Assert.Equal(HttpStatusCode.BadRequest, protobuf.StatusCode);
        Assert.Equal(3, Code(await protobuf.Content.ReadAsByteArrayAsync()));
        using var other = await _gateway.Post("/v1/logs", "x", "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, other.StatusCode);
        using var traces = await _gateway.Post("/v1/traces", "{}");
        Assert.Contains("traces are not taken in here", (await Json(traces, HttpStatusCode.NotFound)).GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("/services/collector")]
    [InlineData("/services/collector/event")]
    [InlineData("/services/collector/event/1.0")]
    public async Task Events_of_Splunk_are_answered_with_code_0(string path)
    {
        _gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Splunk", LogsSession.Key);
        using var answer = await _gateway.Post(path, Payload.Text("logs/splunk-hec-concatenated.txt"));
        await Expect(answer, HttpStatusCode.OK, """{"text":"Success","code":0}""");
        Assert.Equal(["first", "second", "third", """{"foo":"bar","nested":{"k":1}}"""], (await _gateway.Lines(4)).Select(line => line.Text));
    }

    [Fact]
    public async Task Events_before_one_that_is_broken_off_are_kept()
    {
        using var answer = await _gateway.Post("/services/collector", Payload.Text("logs/splunk-hec-truncated.txt"));
        await Expect(answer, HttpStatusCode.BadRequest, """{"text":"Invalid data format","code":6,"invalid-event-number":1}""");
        Assert.Equal("first", Assert.Single(await _gateway.Lines(1)).Text);
        Assert.Equal(1, await _gateway.Malformed());
    }

    [Theory]
    [InlineData("", """{"text":"No data","code":5}""")]
    [InlineData("""{"host":"h"}""", """{"text":"Event field is required","code":12,"invalid-event-number":0}""")]
    [InlineData("""{"event":""}""", """{"text":"Event field cannot be blank","code":13,"invalid-event-number":0}""")]
    public async Task Splunk_says_by_code_what_is_wrong_with_an_event(string body, string answered)
    {
        using var answer = await _gateway.Post("/services/collector", body);
        await Expect(answer, HttpStatusCode.BadRequest, answered);
    }

    [Fact]
    public async Task Raw_lines_of_Splunk_have_their_metadata_in_the_query_and_are_acknowledged()
    {
        using var answer = await _gateway.Post("/services/collector/raw?channel=c1&host=h&sourcetype=t", "one\ntwo\n", "text/plain");
        var id = (await Json(answer, HttpStatusCode.OK)).GetProperty("ackId").GetInt64();
        Assert.Equal(["one h t", "two h t"],
            (await _gateway.Lines(2)).Select(line => $"{line.Text} {line.Labels["host"]} {line.Labels["sourcetype"]}"));
        using var acknowledged = await _gateway.Post("/services/collector/ack?channel=c1", $$"""{"acks":[{{id}}]}""");
        Assert.True((await Json(acknowledged, HttpStatusCode.OK)).GetProperty("acks").GetProperty($"{id}").GetBoolean());
        using var without = await _gateway.Post("/services/collector/ack", """{"acks":[1]}""");
        await Expect(without, HttpStatusCode.BadRequest, """{"text":"Data channel is missing","code":10}""");
    }

    [Fact]
    public async Task Splunk_and_Loki_say_that_they_are_there()
    {
        using var health = await _gateway.Http.GetAsync("/services/collector/health");
        await Expect(health, HttpStatusCode.OK, """{"text":"HEC is healthy","code":17}""");
        using var ready = await _gateway.Http.GetAsync("/ready");
        await Expect(ready, HttpStatusCode.OK, "ready\n");
    }

    [Theory]
    [InlineData("""[{"date":1700000000.5,"log":"a","host":"h"},{"date":1700000001,"log":"b","host":"h"}]""", "application/json")]
    [InlineData("{\"log\":\"a\",\"host\":\"h\"}\n{\"log\":\"b\",\"host\":\"h\"}\n", "application/x-ndjson")]
    [InlineData("{\"log\":\"a\"}{\"log\":\"b\"}", "text/plain")]
    [InlineData("a\nb", "text/plain")]
    public async Task Plain_records_come_by_the_name_of_the_integration(string body, string contentType)
    {
        using var answer = await _gateway.Post("/in/logs", body, contentType);
        await Expect(answer, HttpStatusCode.OK, """{"lines":2}""");
        Assert.Equal(["a", "b"], (await _gateway.Lines(2)).Select(line => line.Text));
    }

    [Fact]
    public async Task The_key_may_stand_in_the_address()
    {
        _gateway.Http.DefaultRequestHeaders.Authorization = null;
        using var answer = await _gateway.Post($"/in/logs/{LogsSession.Key}", """{"msg":"x"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_plain_record_that_is_broken_off_is_400_with_its_line()
    {
        using var answer = await _gateway.Post("/in/logs", "{\"log\":\"a\"}\n{\"log\":\"b", Ndjson);
        Assert.Contains("line 2, byte", (await Json(answer, HttpStatusCode.BadRequest)).GetProperty("detail").GetString());
        Assert.Equal(1, await _gateway.Malformed());
        Assert.Empty(_gateway.Received.Lines);
    }

    [Fact]
    public async Task Each_line_is_a_beat_of_the_agent_that_wrote_it_once_a_request()
    {
        using var answer = await _gateway.Post("/in/logs", """{"msg":"1","host":"a"}{"msg":"2","host":"b"}{"msg":"3","host":"a"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await _gateway.Lines(3);
        var beats = await Await.Until(() => Task.FromResult(_gateway.Received.Beats), beats => beats.Count >= 2, "two beats have come");
        Assert.Equal(["a", "b"], beats.Select(beat => beat.Labels["agent"]));
        Assert.All(beats, beat => Assert.Equal("lab", beat.Labels["site"]));
    }

    static async Task Expect(HttpResponseMessage answer, HttpStatusCode status, string body) =>
        Assert.Equal((status, body), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));

    static async Task<JsonElement> Json(HttpResponseMessage answer, HttpStatusCode status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    static List<string> Items(JsonElement answer) => [.. answer.GetProperty("items").EnumerateArray().Select(item =>
    {
        var action = item.EnumerateObject().Single();
        return $"{action.Name} {action.Value.GetProperty("_index").GetString()} {action.Value.GetProperty("_id").GetString()} "
            + action.Value.GetProperty("status").GetInt32();
    })];

    static int Code(byte[] status)
    {
        var reader = new ProtobufReader(status);
        Assert.True(reader.Next());
        Assert.Equal(1, reader.Field);
        return reader.Int32();
    }

    static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
