using System.Text.Json;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Projection;
using Sigma.ServiceTests.Console.Alerts;
using static Sigma.ServiceTests.Console.Alerts.AlertsSession;

namespace Sigma.ServiceTests.Console.Api;

public sealed class What_who_sees_a_part_is_told
{
    static readonly string[] Reads =
    [
        "api/v1/alerts", "api/v1/alerts?q=secret", "api/v1/alerts?account=666", "api/v1/alerts?keep=yes&sort=company", "api/v1/facets",
        "api/v1/facets?group=rule", "api/v1/facets?rule=secret", "api/v1/history", "api/v1/history?account=666", "api/v1/history?q=secret",
        "api/v1/history.csv", "api/v1/history/times", "api/v1/views", "api/v2/alerts", "api/v2/alerts/groups",
        "api/v2/alerts?filter=alertname%3D%22secret%22",
    ];

    [Fact]
    public async Task Nothing_of_others_by_any_address()
    {
        await using var console = await Start();
        console.Names.Known["7"] = new FoundNames("7", "0042", "Padaria do Zé", "Alfa", null);
        console.Names.Known["666"] = new FoundNames("666", "0666", "SECRETA", "Secreta SA", "Secretos");
        var mine = await console.Raise("7", rule: "mine");
        var other = await console.Raise("666", rule: "secret", summary: "secreto");
        foreach (var alert in (Guid[])[mine, other])
            await Await.Until(() => Task.FromResult(console.Board.Find(alert, Everybody)?.Company), company => company is not null, "it is named");

        foreach (var limits in (LabelLimits[])[Limits("company", "Alfa"), Limits("account", "7")])
        {
            using var program = await console.Program(Role.Administrator, limits);
            foreach (var path in Reads.Concat(((string[])["", "/others", "/earlier", "/timeline"]).Select(part => $"api/v1/alerts/{mine}{part}")))
            {
                using var answer = await program.GetAsync(path);
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True((int)answer.StatusCode == 200, $"{path}: {(int)answer.StatusCode} {text}");
                foreach (var secret in (string[])[other.ToString(), "SECRETA", "Secreta SA", "secreto"])
                    Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{path} tells {secret}: {text}");
            }
            foreach (var part in (string[])["", "/timeline", "/earlier", "/others"])
                Assert.Equal((part, 404), (part, (await Send(program, HttpMethod.Get, $"api/v1/alerts/{other}{part}")).Status));
            foreach (var what in (string[])["acknowledge", "comment", "assign", "snooze", "close"])
            {
                object body = what switch { "assign" => new { to = "x" }, "snooze" => new { ends = true }, _ => new { comment = "x" } };
                Assert.Equal((what, 404), (what, (await Send(program, HttpMethod.Post, $"api/v1/alerts/{other}/{what}", body)).Status));
            }
            foreach (var path in (string[])["api/v2/silences", $"api/v2/silence/{Guid.NewGuid()}"])
                Assert.Equal((path, 403), (path, (await Send(program, HttpMethod.Get, path)).Status));
            var bulk = await Send(program, HttpMethod.Post, "api/v1/alerts/acknowledge", new { alerts = (Guid[])[other] });
            Assert.Equal((202, 0), (bulk.Status, bulk.Body.GetProperty("sent").GetArrayLength()));
            Assert.Equal(1, (await Send(program, HttpMethod.Get, "api/v1/alerts")).Body.GetProperty("total").GetInt32());
            Assert.Equal(["mine"], Values((await Send(program, HttpMethod.Get, "api/v1/facets")).Body, "rule"));
            var times = (await Send(program, HttpMethod.Get, "api/v1/history/times")).Body;
            Assert.Equal("mine", Assert.Single(times.GetProperty("rules").EnumerateArray()).GetProperty("rule").GetString());
        }
        Assert.Empty(console.Commands.All);
    }

    [Fact]
    public async Task Nothing_without_a_token()
    {
        await using var console = await Start();
        using HttpClient stranger = new() { BaseAddress = (await console.Program(Role.Viewer)).BaseAddress };
        foreach (var path in (string[])["api/v1/alerts", "api/v1/live", "api/v1/history.csv", "api/v2/alerts", "api/v2/status", "openapi/v1.json"])
            Assert.Equal((path, 401), (path, (await Send(stranger, HttpMethod.Get, path)).Status));
    }

    static IEnumerable<string?> Values(JsonElement body, string name) => body.GetProperty("facets").EnumerateArray()
        .Single(facet => facet.GetProperty("name").GetString() == name).GetProperty("values").EnumerateArray()
        .Select(value => value.GetProperty("value").GetString());
}
