using System.Text.Json;
using Sigma.Contracts;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Projection;
using Sigma.ServiceTests.Console.Alerts;
using static Sigma.ServiceTests.Console.Alerts.AlertsSession;

namespace Sigma.ServiceTests.Console.Api;

public sealed class Alerts_over_the_public_API
{
    [Fact]
    public async Task A_command_is_given_once_however_often_it_is_sent()
    {
        await using var console = await Start();
        using var program = await console.Program(Role.Operator);
        var alert = await console.Raise();

        for (var i = 0; i < 3; i++)
            Assert.Equal(202, (await Send(program, HttpMethod.Post, $"api/v1/alerts/{alert}/acknowledge", new { comment = "mine" }, "one")).Status);
        Assert.Equal(202, (await Send(program, HttpMethod.Post, $"api/v1/alerts/{alert}/assign", new { to = "Bia" })).Status);
        Assert.Equal(202, (await Send(program, HttpMethod.Post, $"api/v1/alerts/{alert}/snooze", new { ends = true })).Status);
        Assert.Equal(202, (await Send(program, HttpMethod.Post, $"api/v1/alerts/{alert}/close", new { comment = "done" })).Status);

        await Await.Until(() => Task.FromResult(console.Commands.All.Count), count => count >= 4, "all commands came");
        Assert.Equal(["AcknowledgeAlert", "AssignAlert", "CloseAlert", "SnoozeAlert"],
            console.Commands.All.Select(command => command.GetType().Name).Order());
        Assert.Equal(("mine", alert), console.Commands.All.OfType<AcknowledgeAlert>().Select(command => (command.Comment, command.AlertId)).Single());
        Assert.Equal(DateTimeOffset.UnixEpoch, console.Commands.All.OfType<SnoozeAlert>().Single().Until);
        Assert.Equal(["alert.acknowledge", "alert.assign", "alert.close", "alert.snooze"],
            (await console.Query<string>("select what from console_audit where what like 'alert.%'")).Order());
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_is_given()
    {
        await using var console = await Start();
        using var program = await console.Program(Role.Operator);
        using var viewer = await console.Program(Role.Viewer);
        var alert = await console.Raise();
        var over = Raised("9");
        await console.Store(ProjectedMessages.Of(over), ProjectedMessages.Of(Cleared(over, Noon)));

        foreach (var (path, body, status) in ((string, object, int)[])[
            ($"{alert}/close", new { }, 422), ($"{alert}/comment", new { comment = " " }, 422),
            ($"{alert}/comment", new { comment = Long(1001) }, 422),
            ($"{alert}/assign", new { to = Long(101) }, 422), ($"{alert}/snooze", new { until = Noon.AddYears(-1) }, 422),
            ($"{alert}/comment", new { comment = "x", moon = "full" }, 400), ($"{alert}/comment", new { comment = 7 }, 400),
            ($"{over.AlertId}/close", new { comment = "x" }, 409), ($"{Guid.NewGuid()}/close", new { comment = "x" }, 404),
            ("acknowledge", new { alerts = Enumerable.Range(0, 501).Select(_ => Guid.NewGuid()) }, 422), ("acknowledge", new { }, 400)])
        {
            var answer = await Send(program, HttpMethod.Post, $"api/v1/alerts/{path}", body);
            Assert.True(answer.Status == status, $"{path}: {answer.Status} {answer.Body}");
            Assert.Equal(status, answer.Body.GetProperty("status").GetInt32());
        }
        Assert.Equal(403, (await Send(viewer, HttpMethod.Post, $"api/v1/alerts/{alert}/acknowledge", new { })).Status);
        Assert.Equal(403, (await Send(viewer, HttpMethod.Post, "api/v1/alerts/acknowledge", new { alerts = (Guid[])[alert] })).Status);
        foreach (var query in (string[])["alerts?sort=moon", "alerts?ack=perhaps", "alerts?after=1", "history?from=once", "history?after=1",
            "live?sort=x"])
            Assert.Equal((query, 400), (query, (await Send(program, HttpMethod.Get, $"api/v1/{query}")).Status));
        Assert.Empty(console.Commands.All);

        static string Long(int length) => new('x', length);
    }

    [Fact]
    public async Task Many_are_acknowledged_at_once()
    {
        await using var console = await Start();
        using var program = await console.Program(Role.Operator);
        List<Guid> alerts = [];
        for (var i = 0; i < 5; i++)
            alerts.Add(await console.Raise($"{i}"));

        var done = await Send(program, HttpMethod.Post, "api/v1/alerts/acknowledge", new { alerts = alerts.Append(Guid.NewGuid()) }, "bulk");

        Assert.Equal((202, 5, 1), (done.Status, done.Body.GetProperty("sent").GetArrayLength(), done.Body.GetProperty("left").GetArrayLength()));
        Assert.Equal("sent", done.Body.GetProperty("outcome").GetString());
        await Await.Until(() => Task.FromResult(console.Commands.All.Count), count => count == 5, "all came");
    }

    [Fact]
    public async Task Alerts_come_page_by_page()
    {
        await using var console = await Start();
        using var program = await console.Program(Role.Viewer);
        for (var i = 0; i < 7; i++)
            await console.Raise($"{i}", i % 2 == 0 ? "critical" : "warning");

        List<string?> found = [];
        string? after = null;
        do
        {
            var page = (await Send(program, HttpMethod.Get, $"api/v1/alerts?limit=2{(after is null ? "" : $"&after={after}")}")).Body;
            Assert.Equal(7, page.GetProperty("total").GetInt32());
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("alertId").GetString()));
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);

        Assert.Equal((7, 7), (found.Count, found.Distinct().Count()));
    }

    [Fact]
    public async Task The_document_tells_of_all_addresses_and_how_one_is_let_in()
    {
        await using var console = await Start();
        using var program = await console.Program(Role.Viewer);

        var (status, document) = await Send(program, HttpMethod.Get, "openapi/v1.json");

        Assert.Equal(200, status);
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        foreach (var path in (string[])["/api/v1/alerts", "/api/v1/alerts/{id}/acknowledge", "/api/v1/history.csv", "/api/v1/live", "/api/v1/views",
            "/api/v2/alerts", "/api/v1/facets"])
            Assert.Contains(path, paths);
        Assert.All(paths, path => Assert.StartsWith("/api/", path));
        Assert.True(document.GetProperty("components").GetProperty("securitySchemes").TryGetProperty("token", out _));
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
                Assert.True(operation.Value.TryGetProperty("summary", out _), $"{operation.Name} {path.Name} has no summary");
    }

    [Fact]
    public async Task Alertmanagers_clients_find_what_they_look_for()
    {
        await using var console = await Start();
        using var program = await console.Program(Role.Viewer);
        await console.Raise("7", "critical", summary: "much");
        await console.Raise("8");

        Assert.Equal(2, (await Send(program, HttpMethod.Get, "api/v2/alerts")).Body.GetArrayLength());
        var one = Assert.Single((await Send(program, HttpMethod.Get, "api/v2/alerts?active=true&silenced=false&filter=" + Uri.EscapeDataString(
            "severity=\"critical\"") + "&filter=" + Uri.EscapeDataString("code=~\"E1.*\""))).Body.EnumerateArray());
        Assert.Equal(("excess", "7", "active", "much"), (Label("alertname"), Label("account"),
            one.GetProperty("status").GetProperty("state").GetString(), one.GetProperty("annotations").GetProperty("summary").GetString()));
        Assert.Equal(16, one.GetProperty("fingerprint").GetString()!.Length);
        Assert.Equal(0, one.GetProperty("status").GetProperty("silencedBy").GetArrayLength());
        Assert.Equal(0, (await Send(program, HttpMethod.Get, "api/v2/alerts?active=false")).Body.GetArrayLength());
        Assert.Equal(400, (await Send(program, HttpMethod.Get, "api/v2/alerts?filter=nothing")).Status);
        var group = Assert.Single((await Send(program, HttpMethod.Get, "api/v2/alerts/groups")).Body.EnumerateArray());
        Assert.Equal(2, group.GetProperty("alerts").GetArrayLength());
        var status = (await Send(program, HttpMethod.Get, "api/v2/status")).Body;
        Assert.Equal(("disabled", JsonValueKind.String), (status.GetProperty("cluster").GetProperty("status").GetString(),
            status.GetProperty("versionInfo").GetProperty("version").ValueKind));

        string? Label(string name) => one.GetProperty("labels").GetProperty(name).GetString();
    }
}
