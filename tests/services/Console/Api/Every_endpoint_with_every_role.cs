using System.Text.Json;
using Sigma.OperatorConsole.Access;
using Sigma.ServiceTests.Console.Cli;

namespace Sigma.ServiceTests.Console.Api;

/// <summary>
/// Reads the document of the API and calls every operation in it with every role, with a session, without any, and as somebody who is limited to an
/// account: what is answered is what is written in <see cref="AllowedCalls"/>, and what the document says.
/// </summary>
public sealed class Every_endpoint_with_every_role
{
    const string Mine = "7", Others = "666";

    [Fact]
    public async Task Answers_as_it_is_written_down()
    {
        await using var shell = await ConsoleShell.StartAll();
        await shell.Feed(Mine);
        await shell.Feed(Others);
        using var administrator = await shell.Program(Role.Administrator);
        var alerts = await Await.Until(() => Raised(administrator), found => found.Count == 2, "both alerts are raised");
        var calls = ApiCall.Of(await Json(administrator, "openapi/v1.json"));
        Assert.Equal(calls.Select(call => call.Name).Order(StringComparer.Ordinal),
            AllowedCalls.All.Select(allowed => allowed.Operation).Order(StringComparer.Ordinal));

        using var limited = await shell.Program(Role.Administrator, ("account", Mine));
        using var browser = await shell.Browser(Role.Administrator);
        using var stranger = shell.Stranger();
        List<string> wrong = [];
        foreach (var call in calls)
        {
            var allowed = AllowedCalls.All.Single(row => row.Operation == call.Name);
            foreach (var role in Enum.GetValues<Role>())
            {
                using var program = await shell.Program(role);
                await Check(call, program, alerts[Mine], role >= allowed.Needs ? Expected.Answer : Expected.Forbidden, role.ToString());
            }
            await Check(call, limited, alerts[Mine], allowed.Sees == Sees.Part ? Expected.Answer : Expected.Forbidden, "limited");
            if (call.Path.Contains("/alerts/{id}", StringComparison.Ordinal))
                await Check(call, limited, alerts[Others], Expected.NotFound, "limited, of another's");
            // A page reads by the API; that it changes something another site could have made a browser do.
            await Check(call, browser, alerts[Mine], call.Changes ? Expected.Forbidden : Expected.Answer, "signed in to the pages");
            await Check(call, stranger, alerts[Mine], Expected.Unauthorized, "nobody");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        async Task Check(ApiCall call, HttpClient program, string alert, Expected expected, string who)
        {
            using var request = call.Request(Values(alert));
            using var answer = await program.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var (status, type) = ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
            var is403 = status == 403;
            var isRight = expected switch
            {
                Expected.Unauthorized => status == 401,
                Expected.Forbidden => is403,
                Expected.NotFound => status == 404,
                _ => status is < 500 and not (400 or 401 or 403 or 405 or 415 or 429) or 503,
            };
            var text = type == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
            if (!isRight)
                wrong.Add($"{call.Name} by {who}: {status}, and {expected} was to be: {text}");
            if (!call.Statuses.Contains(status))
                wrong.Add($"{call.Name} by {who}: {status} is not in the document: {text}");
            if (status >= 400 && type != "application/problem+json")
                wrong.Add($"{call.Name} by {who}: {status} is told as {type}");
            if (who == "limited" && text.Contains(alerts[Others], StringComparison.Ordinal))
                wrong.Add($"{call.Name} tells who is limited of another's alert: {text}");
        }
    }

    static Dictionary<string, string> Values(string alert) => new()
    {
        ["id"] = alert, ["rule"] = "excess-of-events", ["name"] = "nobody", ["label"] = "account=7\ncuc=ALR\ncode=E130",
        ["from"] = "1", ["revision"] = "1", ["number"] = "1",
        ["integration"] = "whatsapp", ["queue"] = "notifier.alerts_error",
    };

    static async Task<Dictionary<string, string>> Raised(HttpClient program) => (await Json(program, "api/v1/alerts")).GetProperty("items")
        .EnumerateArray().ToDictionary(alert => alert.GetProperty("labels").GetProperty("account").GetString()!,
            alert => alert.GetProperty("alertId").GetString()!);

    static async Task<JsonElement> Json(HttpClient program, string path) =>
        JsonSerializer.Deserialize<JsonElement>(await program.GetStringAsync(path));

    enum Expected
    {
        Answer,
        NotFound,
        Forbidden,
        Unauthorized,
    }
}
