using System.Globalization;

namespace Sigma.Gateway.Beats;

/// <summary>What a ping says.</summary>
internal enum PingKind
{
    /// <summary>It ran well.</summary>
    Success,

    /// <summary>It failed.</summary>
    Failure,

    /// <summary>It begins.</summary>
    Start,

    /// <summary>Something to be kept, and nothing more.</summary>
    Log,
}

/// <summary>What the path of a ping says, as those of Healthchecks are written.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Slug">Which check of the integration; null for the one that it is itself.</param>
/// <param name="ExitCode">The program's; null when it is not said.</param>
internal sealed record Ping(PingKind Kind, string? Slug, int? ExitCode)
{
    const int LongestSlug = 100, HighestExitCode = 255;

    /// <summary>Reads what follows the key: nothing, a slug, <c>start</c>, <c>fail</c>, <c>log</c> or an exit code, or both.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static Ping Parse(string? first, string? second)
    {
        if (first is null)
            return new(PingKind.Success, null, null);
        if (second is null)
            return Action(first, null) ?? new(PingKind.Success, Checked(first), null);
        return Action(second, Checked(first)) ?? throw new FormatException("after the slug comes start, fail, log or an exit code");
    }

    static Ping? Action(string word, string? slug) => word switch
    {
        "start" => new(PingKind.Start, slug, null),
        "fail" => new(PingKind.Failure, slug, null),
        "log" => new(PingKind.Log, slug, null),
        _ when word.All(char.IsAsciiDigit) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code <= HighestExitCode ? new(code == 0 ? PingKind.Success : PingKind.Failure, slug, code)
            : throw new FormatException($"an exit code is at most {HighestExitCode}"),
        _ => null,
    };

    static string Checked(string slug) => slug.Length is > 0 and <= LongestSlug
        && slug.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? slug.ToLowerInvariant()
        : throw new FormatException($"a slug is 1 to {LongestSlug} letters, digits, dashes, dots and underscores");
}
