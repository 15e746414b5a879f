using System.Diagnostics;
using System.Text.Json;
using Sigma.IntegrationTests.Poison;
using Xunit.Sdk;

namespace Sigma.IntegrationTests.Doctor;

/// <summary>What <c>sigma doctor</c> said of each thing.</summary>
internal sealed record Diagnosis(int ExitCode, IReadOnlyList<JsonElement> Lines)
{
    /// <summary>What the doctor looks at, in the order it says so.</summary>
    public static readonly string[] Checks =
        ["settings", "broker", "queues", "error queues", "database", "schema", "writing", "database clock", "segware", "segware clock", "chatpro",
            "channels", "routes", "fetched", "counted"];

    static readonly string[] Secret = ["Segware:BearerToken", "ChatPro:Token", "ChatPro:Recipient"];

    /// <summary>Runs it with these settings, and sees to it that no secret is told and nothing is left out.</summary>
    public static async Task<Diagnosis> Of(IReadOnlyDictionary<string, string?> settings, params string[] args)
    {
        using var shell = new Shell(settings);
        var (exitCode, lines) = await shell.Json(["doctor", .. args]);
        foreach (var line in lines)
        {
            foreach (var secret in Secret)
                Assert.DoesNotContain(settings.GetValueOrDefault(secret) ?? "-none-", line.GetRawText());
            Assert.True(line.GetProperty("tookMs").GetInt64() >= 0);
        }
        Assert.Equal(Checks, lines.Select(line => line.GetProperty("check").GetString()).Distinct());
        Assert.Equal(lines.Any(line => !line.GetProperty("ok").GetBoolean()), exitCode == 1);
        return new Diagnosis(exitCode, lines);
    }

    /// <summary>Runs it until it says what is expected: a call may run out of time where many things run at once.</summary>
    public static async Task Says(IReadOnlyDictionary<string, string?> settings, Action<Diagnosis> expected)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            var seen = await Of(settings);
            try
            {
                expected(seen);
                return;
            }
            catch (XunitException) when (Stopwatch.GetElapsedTime(started) < Await.Patience)
            {
                // once more
            }
        }
    }

    public string Detail(string check) => string.Join("; ", Of(check).Select(line => line.GetProperty("detail").GetString()));

    /// <summary>Sees to it that a check is not well, says so, and what to do.</summary>
    public void IsWrong(string check, string detail, string advice = "")
    {
        Assert.Contains(Of(check),
            line => !line.GetProperty("ok").GetBoolean() && line.GetProperty("detail").GetString()!.Contains(detail, StringComparison.Ordinal)
            && (advice.Length == 0 || line.GetProperty("advice").GetString()!.Contains(advice, StringComparison.Ordinal)));
    }

    public void IsWell(params string[] checks)
    {
        foreach (var check in checks)
            Assert.True(Assert.Single(Of(check)).GetProperty("ok").GetBoolean(), $"{check}: {Detail(check)}");
    }

    IEnumerable<JsonElement> Of(string check) => Lines.Where(line => line.GetProperty("check").GetString() == check);
}
