using System.Text.Json;
using Sigma.IntegrationTests.Poison;

namespace Sigma.IntegrationTests.Explaining;

/// <summary>What <c>sigma explain</c> told, as another program reads it.</summary>
internal sealed record ExplainOutput(int ExitCode, IReadOnlyList<JsonElement> Lines)
{
    public static async Task<ExplainOutput> Of(Shell shell, params string[] args)
    {
        var (exitCode, lines) = await shell.Json(["explain", .. args]);
        return new(exitCode, lines);
    }

    public JsonElement Account => Assert.Single(Lines, line => line.GetProperty("kind").GetString() == "account");

    public IReadOnlyList<JsonElement> Kind(string kind, string rule) =>
        [.. Lines.Where(line => Text(line, "kind") == kind && Text(line, "rule") == rule)];

    public JsonElement Verdict(string rule = "excess") => Assert.Single(Kind("verdict", rule));

    public string Says(string rule = "excess") => Text(Verdict(rule), "says")!;

    public string Because(string rule = "excess") =>
        string.Join(' ', Verdict(rule).GetProperty("because").EnumerateArray().Select(why => why.GetString()));

    /// <summary>Sees to it that the verdict is this.</summary>
    public ExplainOutput Is(string state, int count, int threshold, string rule = "excess")
    {
        var verdict = Verdict(rule);
        Assert.Equal((state, count, threshold),
            (Text(verdict, "state"), verdict.GetProperty("count").GetInt32(), verdict.GetProperty("threshold").GetInt32()));
        return this;
    }

    /// <summary>How many are left out for a reason; 0 when none is.</summary>
    public int LeftOut(string reason, string rule = "excess") =>
        Kind("leftOut", rule).Where(line => Text(line, "reason") == reason).Sum(line => line.GetProperty("count").GetInt32());

    public static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() : null;
}
