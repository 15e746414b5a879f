using Microsoft.Extensions.Localization;
using Sigma.OperatorConsole.Drills;
using Sigma.OperatorConsole.Texts;

namespace Sigma.OperatorConsole.Pages.Operations;

/// <summary>Words of the services, in the language of the page; those that are not known are shown as they are.</summary>
internal static class OperationsWords
{
    public static string ServiceOf(this IStringLocalizer<OperationsTexts> texts, string name) => Of(texts, $"Service{Capital(name)}", name);

    public static string StateOf(this IStringLocalizer<OperationsTexts> texts, string state) => Of(texts, $"Delivery{Capital(state)}", state);

    public static string KindOf(this IStringLocalizer<OperationsTexts> texts, string kind) => Of(texts, $"Kind{Capital(kind)}", kind);

    public static string HopOf(this IStringLocalizer<OperationsTexts> texts, DrillHop hop) =>
        Of(texts, $"Hop{string.Concat(hop.Name.Split('-').Select(Capital))}", hop.Name);

    static string Of(IStringLocalizer<OperationsTexts> texts, string key, string word) =>
        texts[key] is { ResourceNotFound: false } text ? text : word;

    static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}

/// <summary>The states of deliveries, as the notifier names them.</summary>
internal static class DeliveryStates
{
    /// <summary>Not settled, or only a person can settle them.</summary>
    public static IReadOnlyList<string> Open { get; } = ["uncertain", "failed", "held", "waiting", "pending", "sending"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Open, "sent", "merged", "skipped"];

    public static bool MayRetry(string state) => state is "failed" or "uncertain";

    public static bool MayGiveUp(string state) => state is "pending" or "waiting" or "held" or "uncertain";

    public static bool MaySettle(string state) => state is "uncertain";
}
