using System.Globalization;
using Sigma.OperatorConsole.Logs;
using Sigma.OperatorConsole.Pages.Parts;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Pages.Logs;

/// <summary>What the page of log lines is asked for, as its address says it.</summary>
public sealed record LogForm
{
    const string UsualRange = "1d";

    /// <summary>Levels that can be chosen: those and worse.</summary>
    internal static readonly IReadOnlyList<string> Levels = ["info", "medium", "high", "critical"];

    /// <summary>Times that can be chosen, up to now.</summary>
    internal static readonly IReadOnlyDictionary<string, TimeSpan> Ranges = new Dictionary<string, TimeSpan>
    {
        ["15m"] = TimeSpan.FromMinutes(15), ["1h"] = TimeSpan.FromHours(1), ["6h"] = TimeSpan.FromHours(6), [UsualRange] = TimeSpan.FromDays(1),
        ["7d"] = TimeSpan.FromDays(7), ["30d"] = TimeSpan.FromDays(30),
    };

    /// <summary>What was typed.</summary>
    public string Text { get; init; } = "";

    /// <summary>The least level; empty for any.</summary>
    public string Level { get; init; } = "";

    /// <summary>One of <see cref="Ranges"/>; from and to win.</summary>
    public string Last { get; init; } = UsualRange;

    /// <summary>From when.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The place of a page.</summary>
    public string? After { get; init; }

    /// <summary>Lines as they come.</summary>
    public bool IsLive { get; init; }

    /// <summary>In the archive's language.</summary>
    public string Query => string.Join(' ', ((string[])[Text, Level.Length > 0 ? $"level>={Level}" : ""]).Where(part => part.Length > 0));

    internal static LogForm Read(IQueryCollection query, PageTime clock) => new()
    {
        Text = $"{query["q"]}".Trim(), Level = Levels.FirstOrDefault(level => level == query["level"]) ?? "",
        Last = query["last"] is [{ } last] && Ranges.ContainsKey(last) ? last : UsualRange,
        From = Time(query["from"], clock), To = Time(query["to"], clock),
        After = query["after"] is [{ Length: > 0 } after] ? after : null, IsLive = query["live"] == "1",
    };

    internal LogQuestion Question(DateTimeOffset now) => new(Query, From ?? (To ?? now) - Ranges[Last], To ?? now);

    /// <summary>The address of the page.</summary>
    internal string Address(string? after = null) => Address(From, To, after);

    /// <summary>The address of the same for another time.</summary>
    internal string Address(DateTimeOffset? from, DateTimeOffset? to, string? after = null) =>
        new RequestPath("logs").With("q", Said(Text)).With("level", Said(Level)).With("last", Last == UsualRange ? null : Last)
            .With("from", from).With("to", to).With("after", after).ToString();

    static string? Said(string text) => text.Length == 0 ? null : text;

    // A link says UTC; the form says the station's local time, without a zone.
    static DateTimeOffset? Time(string? text, PageTime clock) =>
        string.IsNullOrEmpty(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? null
        : text.EndsWith('Z') ? at : clock.FromLocal(at.UtcDateTime);
}
