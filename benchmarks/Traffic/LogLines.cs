using System.Globalization;
using System.Text;
using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Benchmarks.Traffic;

/// <summary>Log lines of 200 bytes as a shop's servers write them: common words, numbers of all kinds, and one id that no other line has.</summary>
internal static class LogLines
{
    public const int BatchSize = 1_000, Bytes = 200;

    const int Hosts = 40;

    static readonly string[] Words =
    [
        "request", "accepted", "session", "opened", "payment", "captured", "cache", "miss", "query", "took", "order", "stored", "user", "signed",
        "in", "connection", "closed", "retry", "scheduled", "message", "sent", "queue", "empty", "timeout", "refused", "disk",
        "flushed", "index", "rebuilt",
    ];

    static readonly string[] Levels = ["info", "info", "info", "info", "info", "info", "info", "medium", "high", "info"];

    static readonly Dictionary<string, string>[] Labels = [.. Enumerable.Range(0, Hosts).Select(host => new Dictionary<string, string>
    {
        ["host"] = string.Create(CultureInfo.InvariantCulture, $"web-{host}"), ["app"] = host % 3 == 0 ? "shop" : "api",
    })];

    /// <summary>The word that only this line has.</summary>
    public static string RareWord(long number) => ((ulong)number * 0x9E3779B97F4A7C15).ToString("x16", CultureInfo.InvariantCulture);

    public static LogBatch Batch(string run, int number, DateTimeOffset at) => new()
    {
        BatchId = Ids.From(run, number.ToString(CultureInfo.InvariantCulture)), Source = "benchmark",
        Lines = [.. Enumerable.Range(0, BatchSize).Select(line => Line((long)number * BatchSize + line, at.AddTicks(line * 10_000)))],
    };

    public static LogLine Line(long number, DateTimeOffset at) => new()
    {
        At = at, Labels = Labels[number * 7 % Hosts], Level = Levels[number % Levels.Length], Text = Text(number),
    };

    static string Text(long number)
    {
        var random = (ulong)number * 0xD1342543DE82EF95;
        StringBuilder text = new(Bytes);
        text.Append(CultureInfo.InvariantCulture, $"id={RareWord(number)} path=/api/v1/items/{random % 50_000} status={200 + random % 3 * 100} ");
        text.Append(CultureInfo.InvariantCulture, $"duration={random % 900}ms user=u{random % 20_000}");
        for (; text.Length < Bytes - 12; random = random * 6364136223846793005 + 1442695040888963407)
            text.Append(' ').Append(Words[(random >> 33) % (ulong)Words.Length]);
        return text.Append('.', Bytes - text.Length).ToString();
    }
}
