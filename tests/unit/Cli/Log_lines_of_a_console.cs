using Microsoft.AspNetCore.Http;

namespace Sigma.UnitTests.Cli;

public sealed class Log_lines_of_a_console
{
    const string Line = """
        {"id":"1-n1-1","at":"2026-11-20T12:00:00+00:00","source":"syslog","level":"high","labels":{"host":"web-1"},"text":"disk\u001b[2J full"}
        """;

    [Fact]
    public async Task Are_found_page_by_page_and_harm_no_terminal()
    {
        await using var console = await ScriptedConsole.Start(request => ScriptedConsole.Json(request.Contains("after=")
            ? $$"""{"items":[{{Line}}],"complete":true}""" : $$"""{"items":[{{Line}}],"next":"1-n1-1","complete":false}"""));
        var answer = await console.Sigma("logs", "search", "disk", "level>=high", "--from", "2026-11-20T00:00:00Z", "--limit", "50");
        Assert.Equal(0, answer.ExitCode);
        Assert.Equal(2, answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.StartsWith("2026-11-20 12:00:00  high")));
        Assert.DoesNotContain('\u001b', answer.Output);
        Assert.Contains("The archive looks on", answer.Error);
        Assert.Equal(
        [
            "GET /api/v1/logs?q=disk%20level%3E%3Dhigh&from=2026-11-20T00%3A00%3A00.0000000%2B00%3A00&limit=50",
            "GET /api/v1/logs?q=disk%20level%3E%3Dhigh&from=2026-11-20T00%3A00%3A00.0000000%2B00%3A00&limit=49&after=1-n1-1",
        ], console.Requests);
    }

    [Fact]
    public async Task That_are_none_end_it_with_1()
    {
        await using var console = await ScriptedConsole.Saying("""{"items":[],"complete":true}""");
        var answer = await console.Sigma("logs", "search");
        Assert.Equal((1, "No line was found."), (answer.ExitCode, answer.Output.TrimEnd()));
        Assert.Equal("GET /api/v1/logs?limit=100", Assert.Single(console.Requests));
    }

    [Fact]
    public async Task Are_shown_as_they_come()
    {
        await using var console = await ScriptedConsole.Start(_ => Results.Text(
            $$"""
              event: alive
              data: {}

              event: line
              data: {"line":{{Line.Trim()}}}

              event: missed
              data: {"missed":1234}


              """, "text/event-stream"));
        var answer = await console.Sigma("logs", "tail", "disk", "--json");
        Assert.Contains("\"text\":\"disk", answer.Output);
        Assert.Contains("1,234 lines came too fast", answer.Error);
        Assert.Equal("GET /api/v1/logs/tail?q=disk", Assert.Single(console.Requests));
    }

    [Theory]
    [InlineData("--since", "2h", "--from", "2026-11-20T00:00:00Z")]
    [InlineData("--limit", "0", "--since", "2h")]
    public async Task Are_not_asked_for_in_two_ways_at_once(params string[] typed)
    {
        await using var console = await ScriptedConsole.Saying("{}");
        Assert.Equal(2, (await console.Sigma(["logs", "search", .. typed])).ExitCode);
        Assert.Empty(console.Requests);
    }
}
