using System.Text.Json;

namespace Sigma.IntegrationTests.Telemetry;

/// <summary>From Segware's answer to the message on WhatsApp, through three processes, as a collector and a reader of logs see it.</summary>
public sealed class One_trace(TracedStation station, ITestOutputHelper output) : IClassFixture<TracedStation>
{
    IReadOnlyList<ReceivedSpan> Alert
    {
        get
        {
            var trace = station.Spans.First(s => s.Name == "deliver").Trace;
            return [.. station.Spans.Where(s => s.Trace == trace)];
        }
    }

    [Fact]
    public void Leads_from_the_call_to_ChatPro_back_to_the_poll()
    {
        var way = WayTo(Span("POST", s => s.Tag("url.full").Contains("send_message")));
        Draw(way[0], ""); // what docs/logs-and-traces.md shows

        Assert.Equal(
            [
                "fetcher poll", "fetcher slice", "fetcher Sigma.Contracts:EventBatch send",
                "evaluator evaluator.event-batches receive", "evaluator evaluator.event-batches process", "evaluator count",
                "evaluator Sigma.Evaluator.Triggers:RaiseDue send",
                "evaluator evaluator.triggers receive", "evaluator evaluator.triggers process", "evaluator outbox send", "evaluator relay",
                "evaluator Sigma.Contracts:AlertRaised send",
                "notifier notifier.alerts receive", "notifier notifier.alerts process", "notifier relay", "notifier notifier.whatsapp send",
                "notifier notifier.whatsapp receive", "notifier notifier.whatsapp process", "notifier deliver", "notifier POST",
            ],
            way.Select(s => $"{s.Service["sigma-".Length..]} {s.Name}"));
    }

    [Theory]
    [InlineData("GET", "slice")]
    [InlineData("store", "evaluator.event-batches process")]
    [InlineData("trigger", "evaluator.triggers process")]
    [InlineData("enrich", "notifier.alerts process")]
    [InlineData("GET", "enrich")]
    public void Has_on_its_way(string name, string parent)
    {
        var parents = Alert.Where(s => s.Name == parent).Select(s => s.Id).ToHashSet();
        Assert.Contains(Alert, s => s.Name == name && parents.Contains(s.Parent));
    }

    [Fact]
    public void Says_at_each_step_what_it_was_about()
    {
        const string key = "account=4711 code=E130 cuc=ALR";
        var trigger = Span("trigger", s => s.Tag("sigma.raised") == "true");
        var alert = trigger.Tag("sigma.alert_id");
        Has(Span("poll"), ("sigma.source", "segware"), ("sigma.slices.published", "8"), ("sigma.events", "25"));
        Has(Span("slice", s => s.Tag("sigma.events") == "25"), ("sigma.source", "segware"), ("sigma.published", "true"), ("sigma.slice.from", null),
            ("sigma.slice.to", null));
        Has(Span("store", s => s.Tag("sigma.events.new") == "25"), ("sigma.source", "segware"), ("sigma.part", "1"), ("sigma.parts", "1"),
            ("sigma.slice.from", null));
        Has(Span("count"), ("sigma.rule", "excess-of-events"), ("sigma.keys", "1"), ("sigma.keys.due", "1"));
        Has(trigger, ("sigma.rule", "excess-of-events"), ("sigma.key", key), ("sigma.count", "25"), ("sigma.threshold", "20"));
        Has(Span("relay", s => s.Service == "sigma-evaluator"), ("sigma.message", "Sigma.Contracts:AlertRaised"), ("sigma.attempt", "1"),
            ("sigma.outbox.seconds", null));
        Has(Span("enrich"), ("sigma.alert_id", alert), ("sigma.key", key), ("sigma.names", "Known"));
        foreach (var channel in (string[])["whatsapp", "segware-alarm-event"])
            Has(Span("deliver", s => s.Tag("sigma.channel") == channel),
                ("sigma.alert_id", alert), ("sigma.key", key), ("sigma.rule", "excess-of-events"), ("sigma.kind", "raised"), ("sigma.attempt", "1"),
                ("sigma.delivery_id", null));
    }

    [Fact]
    public void Tells_no_secret()
    {
        Assert.NotEmpty(station.Spans);
        string[] secrets = [station.Simulator.Options.Token, station.Simulator.Options.ChatProToken, "120363000000000000"];
        foreach (var span in station.Spans)
        {
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, span.ToString()));
            Assert.True(!span.Tags.TryGetValue("url.full", out var url) || !url.Contains('?') || url.EndsWith("?*", StringComparison.Ordinal),
                $"{url} tells its query");
        }
    }

    [Fact]
    public void Of_a_quiet_poll_is_short_and_nothing_else_begins_one()
    {
        foreach (var poll in TracedStation.QuietPolls(station.Spans))
            Assert.InRange(station.Spans.Count(s => s.Trace == poll.Trace), 4, 80);
        var roots = station.Spans.Where(s => s.Parent.Length == 0).GroupBy(s => s.Name).ToDictionary(r => r.Key, r => r.Count());
        foreach (var (name, count) in roots)
            output.WriteLine($"{count} {name}");
        Assert.Empty(roots.Keys.Except(["poll", "Sigma.Contracts:OccurrencesExcused send"])); // the second asks whether the broker is there
    }

    [Fact]
    public void Is_named_in_the_log_lines_which_are_objects_with_their_fields()
    {
        var lines = station.Lines.Select(l => JsonDocument.Parse(l.Line).RootElement).ToList();
        foreach (var (service, line) in station.Lines)
            output.WriteLine($"{service}: {line}");
        Assert.All(lines, line =>
        {
            Assert.All((string[])["Timestamp", "LogLevel", "Category", "Message"],
                name => Assert.Equal(JsonValueKind.String, line.GetProperty(name).ValueKind));
            Assert.All(line.EnumerateObject(),
                field => Assert.True(field.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array), $"{field.Name} is nested"));
        });
        var trace = Alert[0].Trace;

        var raised = Line("Raised ");
        Assert.Equal(("excess-of-events", "account=4711 code=E130 cuc=ALR", "25 events", trace),
            (raised.GetProperty("Rule").GetString(), raised.GetProperty("Key").GetString(), raised.GetProperty("What").GetString(),
                raised.GetProperty("TraceId").GetString()));
        Assert.True(raised.GetProperty("AlertId").TryGetGuid(out var alert));
        foreach (var channel in (string[])["whatsapp", "segware-alarm-event"])
        {
            var delivered = Line($"delivered on {channel}");
            Assert.Equal((alert, channel, trace),
                (delivered.GetProperty("AlertId").GetGuid(), delivered.GetProperty("Channel").GetString(), delivered.GetProperty("TraceId")
                    .GetString()));
        }
        var slice = Line("25 of them new");
        Assert.Equal(("segware", trace), (slice.GetProperty("Source").GetString(), slice.GetProperty("TraceId").GetString()));
        Assert.Equal(TimeSpan.FromMinutes(15), slice.GetProperty("To").GetDateTimeOffset() - slice.GetProperty("From").GetDateTimeOffset());

        JsonElement Line(string part) => Assert.Single(lines, line => line.GetProperty("Message").GetString()!.Contains(part));
    }

    // The last: a step may have been tried again.
    ReceivedSpan Span(string name, Func<ReceivedSpan, bool>? which = null) =>
        Alert.LastOrDefault(s => s.Name == name && which?.Invoke(s) != false)
            ?? throw new KeyNotFoundException($"there is no such {name} among:\n{string.Join('\n', Alert)}");

    List<ReceivedSpan> WayTo(ReceivedSpan last)
    {
        var byId = Alert.ToDictionary(s => s.Id);
        List<ReceivedSpan> way = [last];
        while (way[0].Parent is { Length: > 0 } parent)
            way.Insert(0, byId.TryGetValue(parent, out var span) ? span : throw new KeyNotFoundException($"the parent of {way[0]} was not sent"));
        return way;
    }

    void Draw(ReceivedSpan span, string indent)
    {
        var tags = span.Tags.Where(t => t.Key.StartsWith("sigma.", StringComparison.Ordinal) || t.Key is "url.full" or "http.response.status_code")
            .Select(t => $"{t.Key}={t.Value}");
        output.WriteLine($"{indent}{span.Service["sigma-".Length..]} {span.Name} {(span.Ended - span.Began) / 1e6:0} ms {string.Join(' ', tags)}");
        foreach (var child in Alert.Where(s => s.Parent == span.Id).OrderBy(s => s.Began))
            Draw(child, indent + "  ");
    }

    static void Has(ReceivedSpan span, params (string Name, string? Value)[] tags) =>
        Assert.All(tags,
            tag => Assert.True(tag.Value is null ? span.Tag(tag.Name).Length > 0 : span.Tag(tag.Name) == tag.Value,
                $"{tag.Name} of {span} is not {tag.Value}"));
}
