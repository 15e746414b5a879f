using System.Net.ServerSentEvents;
using System.Text.Json;
using Sigma.Contracts;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Board;
using Sigma.OperatorConsole.Projection;
using Sigma.ServiceTests.Console.Alerts;
using static Sigma.ServiceTests.Console.Alerts.AlertsSession;

namespace Sigma.ServiceTests.Console.Api;

public sealed class Live_changes
{
    [Fact]
    public async Task Come_as_they_happen_and_what_was_missed_when_one_comes_again()
    {
        await using var console = await Start();
        using var program = await console.Program(Role.Viewer);
        var alert = Raised("7", at: console.Clock.GetUtcNow());
        string? last;
        await using (var stream = await EventStream.Open(program, "api/v1/live"))
        {
            Assert.Equal("ready", (await stream.Next()).EventType);
            await console.Store(ProjectedMessages.Of(alert));
            Assert.Equal(("raised", alert.AlertId), Of(await stream.Next()));
            await console.Store(ProjectedMessages.Of(Acknowledged(alert)));
            var acknowledged = await stream.Next();
            Assert.Equal(("acknowledged", alert.AlertId), Of(acknowledged));
            last = acknowledged.EventId;
        }
        var other = await console.Raise("8");
        await console.Store(ProjectedMessages.Of(Cleared(alert, console.Clock.GetUtcNow())));

        await using (var again = await EventStream.Open(program, "api/v1/live", last))
        {
            Assert.Equal("ready", (await again.Next()).EventType);
            Assert.Equal([other, alert.AlertId], [Of(await again.Next()).Alert, Of(await again.Next()).Alert]);
        }
        // What is not in memory any more is read from the table.
        console.Board.Changes.Clear(long.MaxValue - 1);
        await using var late = await EventStream.Open(program, "api/v1/live", last);
        Assert.Equal("ready", (await late.Next()).EventType);
        Assert.Equal([("changed", other), ("cleared", alert.AlertId)], [Of(await late.Next()), Of(await late.Next())]);
    }

    [Fact]
    public async Task Are_those_that_the_filter_and_the_limits_let_through()
    {
        await using var console = await Start();
        using var limited = await console.Program(Role.Viewer, Limits("account", "7"));
        using var program = await console.Program(Role.Viewer);
        await using var part = await EventStream.Open(limited, "api/v1/live");
        await using var critical = await EventStream.Open(program, "api/v1/live?severity=critical");
        await part.Next();
        await critical.Next();

        var others = await console.Raise("8", "critical", rule: "one");
        var mine = await console.Raise("7", "warning", rule: "two");
        var both = await console.Raise("7", "critical", rule: "three");

        Assert.Equal([mine, both], [Of(await part.Next()).Alert, Of(await part.Next()).Alert]);
        Assert.Equal([others, both], [Of(await critical.Next()).Alert, Of(await critical.Next()).Alert]);
    }

    [Fact]
    public async Task Beat_while_nothing_happens()
    {
        await using var console = await Start();
        console.Get<LiveEvents>().Heartbeat = TimeSpan.FromMilliseconds(200);
        using var program = await console.Program(Role.Viewer);
        await using var stream = await EventStream.Open(program, "api/v1/live");
        Assert.Equal("ready", (await stream.Next()).EventType);
        Assert.Equal("heartbeat", (await stream.Next()).EventType);
        Assert.Equal("heartbeat", (await stream.Next()).EventType);
    }

    static (string Type, Guid Alert) Of(SseItem<JsonElement> item) =>
        (item.EventType, item.Data.GetProperty("alert").GetProperty("alertId").GetGuid());

    static AlertAcknowledged Acknowledged(AlertRaised alert) => new()
    {
        AlertId = alert.AlertId, Rule = alert.Rule, Kind = alert.Kind, Severity = alert.Severity, Source = alert.Source, Labels = alert.Labels,
        By = "Ana", RaisedAt = alert.RaisedAt, AcknowledgedAt = alert.RaisedAt.AddSeconds(5),
    };

    sealed class EventStream(HttpResponseMessage answer, IAsyncEnumerator<SseItem<JsonElement>> items) : IAsyncDisposable
    {
        public static async Task<EventStream> Open(HttpClient program, string path, string? last = null)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            if (last is not null)
                request.Headers.Add("Last-Event-ID", last);
            var answer = await program.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
            var parser = SseParser.Create(await answer.Content.ReadAsStreamAsync(), (_, data) => JsonSerializer.Deserialize<JsonElement>(data));
            return new(answer, parser.EnumerateAsync().GetAsyncEnumerator());
        }

        public async Task<SseItem<JsonElement>> Next()
        {
            Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
            return items.Current;
        }

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
