using System.Globalization;
using Sigma.Contracts;
using Sigma.OperatorConsole.Logs;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Rules;

/// <summary>Addresses of the pages of rules: a name may have any character, so it stands behind the question mark.</summary>
internal static class RuleLinks
{
    /// <summary>The list.</summary>
    public const string List = "rules";

    /// <summary>A rule.</summary>
    public static string Of(string name) => $"rules/rule?name={Uri.EscapeDataString(name)}";

    /// <summary>A rule as it was.</summary>
    public static string Of(string name, long revision) => FormattableString.Invariant($"{Of(name)}&revision={revision}");

    /// <summary>What differs.</summary>
    public static string Difference(string name, long from, long? to) =>
        FormattableString.Invariant($"{Of(name)}&from={from}{(to is { } until ? FormattableString.Invariant($"&to={until}") : "")}#difference");

    /// <summary>The editor of a rule.</summary>
    public static string Edit(string name) => $"rules/edit?name={Uri.EscapeDataString(name)}";

    /// <summary>The editor of a new one.</summary>
    public static string New(string kind) => $"rules/edit?kind={Uri.EscapeDataString(kind)}";

    /// <summary>The editor of a new one that counts log lines.</summary>
    public static string OfLines(RuleOfSearch search) => new RequestPath("rules/edit").With("kind", RuleKind.Count).With("source", search.Source)
        .With("lines", search.Lines).With("group", search.GroupBy).ToString();

    /// <summary>A number of an address; null for anything else.</summary>
    public static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
