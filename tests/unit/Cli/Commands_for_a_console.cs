using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sigma.Cli;

namespace Sigma.UnitTests.Cli;

public sealed class Commands_for_a_console
{
    const string Id = "0197f6a0-0000-7000-8000-000000000001";

    [Theory]
    [InlineData($"alerts ack {Id} --comment seen", $$"""POST /api/v1/alerts/{{Id}}/acknowledge {"comment":"seen"}""")]
    [InlineData($"alerts ack {Id}", $"POST /api/v1/alerts/{Id}/acknowledge {{}}")]
    [InlineData($"alerts comment {Id} --comment looked", $$"""POST /api/v1/alerts/{{Id}}/comment {"comment":"looked"}""")]
    [InlineData($"alerts assign {Id} --to Rui", $$"""POST /api/v1/alerts/{{Id}}/assign {"to":"Rui"}""")]
    [InlineData($"alerts snooze {Id}", $"POST /api/v1/alerts/{Id}/snooze {{}}")]
    [InlineData($"alerts snooze {Id} --end", $$"""POST /api/v1/alerts/{{Id}}/snooze {"ends":true}""")]
    [InlineData($"alerts close {Id} --comment over", $$"""POST /api/v1/alerts/{{Id}}/close {"comment":"over"}""")]
    [InlineData("rules mode a/b shadow --why try", """POST /api/v1/rules/rule/mode?name=a%2Fb {"mode":"shadow","why":"try"}""")]
    [InlineData("rules rollback a/b --to 2", """POST /api/v1/rules/rule/rollback?name=a%2Fb {"revision":2}""")]
    [InlineData("rules clone a/b c", """POST /api/v1/rules/rule/clone?name=a%2Fb {"name":"c"}""")]
    [InlineData("rules remove a/b --why gone", "DELETE /api/v1/rules/rule?name=a%2Fb&why=gone")]
    [InlineData("routes rollback --to 4 --why back", """POST /api/v1/routes/rollback {"to":4,"why":"back"}""")]
    [InlineData($"silences end {Id}", $"POST /api/v1/silences/{Id}/end")]
    [InlineData($"deliveries give-up {Id}", $"POST /api/v1/deliveries/{Id}/give-up")]
    [InlineData($"deliveries settle {Id} --arrived true", $$"""POST /api/v1/deliveries/{{Id}}/settle {"arrived":true}""")]
    [InlineData("receivers test night/desk", "POST /api/v1/receivers/night%2Fdesk/test")]
    public async Task Are_sent_to_its_API_with_the_token(string typed, string request)
    {
        await using var console = await ScriptedConsole.Saying("""{"name":"a/b","revision":3,"change":"changed","state":"sent"}""");
        var answer = await console.Sigma(typed.Split(' '));
        Assert.Equal((0, ""), (answer.ExitCode, answer.Error));
        Assert.Equal(request, Assert.Single(console.Requests));
        Assert.Equal($"Bearer {ScriptedConsole.Token}", Assert.Single(console.Authorizations));
    }

    [Fact]
    public async Task Read_all_pages_of_a_list()
    {
        await using var console = await ScriptedConsole.Start(request => ScriptedConsole.Json(request.Contains("after=")
            ? $$"""{"items":[{{Alert("second")}}],"next":null,"staleSince":"2026-11-20T12:00:00Z"}"""
            : $$"""{"items":[{{Alert("first")}}],"next":"a b","staleSince":null}"""));
        var answer = await console.Sigma("alerts", "list", "--unacknowledged", "--rule", "a&b", "--json");
        Assert.Equal(["first", "second"], answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("rule").GetString()));
        Assert.Equal([
            "GET /api/v1/alerts?sort=newest&rule=a%26b&ack=no&limit=200", "GET /api/v1/alerts?sort=newest&rule=a%26b&ack=no&limit=200&after=a%20b",
        ], console.Requests);
        Assert.Equal((0, "The console has seen nothing new since 2026-11-20 12:00:00 UTC."), (answer.ExitCode, answer.Error.TrimEnd()));
    }

    [Fact]
    public async Task End_a_list_that_has_no_end()
    {
        await using var console = await ScriptedConsole.Saying("""{"items":[],"next":"again"}""");
        Assert.Contains("no end", (await console.Sigma("alerts", "list")).Error);
        Assert.Equal(2, console.Requests.Count);
    }

    [Theory]
    [InlineData(400, "limit is a number", 2, "limit is a number")]
    [InlineData(401, "who are you?", 78, "does not accept the token")]
    [InlineData(403, "Needs the role engineer.", 1, "The console does not allow it: Needs the role engineer.")]
    [InlineData(404, null, 1, "There is no such address at ")]
    [InlineData(429, null, 1, "The console is asked too much at once: try again in a moment.")]
    [InlineData(500, "Something went wrong.", 1, "Something went wrong.")]
    [InlineData(503, "The evaluator does not answer.", 1, "The console cannot do it now: The evaluator does not answer.")]
    public async Task Say_what_is_wrong_in_a_sentence(int status, string? detail, int exitCode, string sentence)
    {
        await using var console = await ScriptedConsole.Start(_ => ScriptedConsole.Problem(status, detail));
        var answer = await console.Sigma("rules", "list");
        Assert.Equal(exitCode, answer.ExitCode);
        Assert.Contains(sentence, answer.Error);
        Assert.DoesNotContain(ScriptedConsole.Token, answer.Output + answer.Error);
    }

    [Theory]
    [InlineData(404, "there is no rule r that people made")]
    [InlineData(412, "Somebody else has changed it meanwhile: the rule r is by revision 9 now")]
    [InlineData(422, "Threshold must be more than 0")]
    public async Task Say_of_what_is_refused_that_nothing_is_changed(int status, string fault)
    {
        await using var console = await ScriptedConsole.Start(_ => ScriptedConsole.Problem(status, fault[(fault.IndexOf(": ") is var at and > 0
            ? at + 2 : 0)..]));
        var answer = await console.Sigma("rules", "mode", "r", "off");
        Assert.Equal((1, $"WRONG: {fault}\nNothing is changed.\n"), (answer.ExitCode, answer.Output.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task Say_of_each_alert_why_it_was_not_done()
    {
        await using var console = await ScriptedConsole.Start(request => request.Contains(Id)
            ? ScriptedConsole.Problem(404, $"There is no alert {Id}.") : Results.Accepted());
        var other = Guid.NewGuid();
        var answer = await console.Sigma("alerts", "ack", Id, $"{other}");
        Assert.Equal(1, answer.ExitCode);
        Assert.Equal([$"There is no alert {Id}.", $"{other}: the evaluator is told"], answer.Output.Split('\n', StringSplitOptions.TrimEntries
            | StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Show_nothing_that_a_terminal_would_obey()
    {
        await using var console = await ScriptedConsole.Start(_ => ScriptedConsole.Problem(422, "a\u001b[2Jb\nc"));
        Assert.Equal("a·[2Jb c", (await console.Sigma("alerts", "list")).Error.TrimEnd());
    }

    [Fact]
    public async Task Follow_nobody_elsewhere_with_the_token()
    {
        await using var elsewhere = await ScriptedConsole.Saying("""{"rules":[]}""");
        await using var console = await ScriptedConsole.Start(_ => Results.Redirect(elsewhere.Address));
        Assert.Contains("sends on to", (await console.Sigma("rules", "list")).Error);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("<html>", "text/html")]
    [InlineData("{}", "application/json")]
    [InlineData("{\"rules\"", "application/json")]
    public async Task Know_what_is_no_console(string text, string type)
    {
        await using var page = await ScriptedConsole.Start(_ => Results.Content(text, type));
        var answer = await page.Sigma("rules", "list");
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("is no console of this version", answer.Error);
    }

    [Fact]
    public async Task Say_that_it_does_not_answer()
    {
        var gone = await ScriptedConsole.Saying("");
        await gone.DisposeAsync();
        var file = Path.GetTempFileName();
        File.WriteAllText(file, ScriptedConsole.Token);
        using StringWriter output = new(), error = new();
        Assert.Equal(1, await CommandLine.Run(["rules", "list", "--console", "http://127.0.0.1:9", "--token-file", file], output, error));
        File.Delete(file);
        Assert.StartsWith("The console at http://127.0.0.1:9 does not answer: ", error.ToString());
    }

    [Theory]
    [InlineData("doctor", "whether the settings of this machine reach")]
    [InlineData("texts preview", "the templates in the settings of this machine")]
    public async Task That_it_cannot_do_say_why(string typed, string why)
    {
        await using var console = await ScriptedConsole.Saying("{}");
        var answer = await console.Sigma(typed.Split(' '));
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains($"'sigma {typed}' cannot be asked of a console", answer.Error);
        Assert.Contains(why, answer.Error);
        Assert.Empty(console.Requests);
    }

    [Fact]
    public async Task Do_not_say_who_does_it_for_the_token_says_so()
    {
        await using var console = await ScriptedConsole.Saying("{}");
        var answer = await console.Sigma("alerts", "ack", Id, "--by", "somebody else");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("by the token", answer.Error);
        Assert.Empty(console.Requests);
    }

    [Fact]
    public async Task Put_no_rule_when_one_of_them_is_wrong()
    {
        await using var console = await ScriptedConsole.Start(_ => ScriptedConsole.Problem(422, "The rules are refused.", "rule two: is wrong"));
        var answer = await Put(console);
        Assert.Equal((1, "WRONG: rule two: is wrong\nNothing is changed.\n"), (answer.ExitCode, answer.Output.ReplaceLineEndings("\n")));
        Assert.StartsWith("POST /api/v1/rules ", Assert.Single(console.Requests));
    }

    [Theory]
    [InlineData("""{"kind":"backtest","rule":"r","events":9,"keys":2,"alerts":3,"gaps":0,"shown":3}""", "broke off")]
    [InlineData("""{"kind":"failed","detail":"no database"}""", "The back-test failed: no database")]
    public async Task Take_no_half_backtest_for_a_whole_one(string line, string sentence)
    {
        await using var console = await ScriptedConsole.Start(_ => Results.Content(line + "\n", "application/x-ndjson"));
        var answer = await console.Sigma("rules", "backtest", "r");
        Assert.True((answer.ExitCode, answer.Output) == (1, ""), answer.Output + answer.Error);
        Assert.Contains(sentence, answer.Error);
    }

    static async Task<Typed> Put(ScriptedConsole console)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "name: one\nthreshold: 5\n---\nname: two\nthreshold: 7\n");
        var answer = await console.Sigma("rules", "put", file);
        File.Delete(file);
        return answer;
    }

    static string Alert(string rule) => $$"""
        {"alertId":"{{Id}}","sequence":1,"rule":"{{rule}}","kind":"count","severity":"warning","source":"segware","labels":{"account":"7"},
        "raisedAt":"2026-11-20T12:00:00Z"}
        """;
}
