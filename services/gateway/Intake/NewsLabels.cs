using Sigma.Hosting.Texts;
using System.Buffers;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Intake;

/// <summary>
/// The labels of a piece of news within what the evaluator takes: names in small letters, at most 32 of them, and 1,000 characters as JSON. The
/// integration's own come first, then what most rules ask for, then the others by name, so that the same news always has the same labels.
/// </summary>
internal static class NewsLabels
{
    const int Most = 32, LongestAll = 900, LongestName = 64, LongestValue = 200, Escaped = 6, AroundPair = 6;

    static readonly string[] First = ["service", "region", "provider", "alertname", "job", "instance"];

    static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-.,:;/()[]{}=@#%*!?|~^$");

    static readonly Dictionary<string, string> Providers = new()
    {
        [IntegrationKind.Aws] = "aws", [IntegrationKind.Azure] = "azure", [IntegrationKind.Gcp] = "gcp", [IntegrationKind.Oci] = "oci",
    };

    /// <summary>The labels, and those that had no room.</summary>
    public static (Dictionary<string, string> Labels, List<KeyValuePair<string, string>>? Dropped) Of(Integration integration, Understood item)
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal);
        foreach (var (name, value) in item.Labels)
            Add(all, name, value);
        if (!item.LabelsIdentify || item.State is UnderstoodState.Info or UnderstoodState.Test or UnderstoodState.Handshake)
        {
            Add(all, "service", item.Service);
            Add(all, "region", item.Region);
        }
        Add(all, "provider", Providers.GetValueOrDefault(integration.Kind));
        foreach (var (name, value) in integration.Labels)
            all[name.ToLowerInvariant()] = value;
        all["integration"] = integration.Name;
        return Fit(all, integration);
    }

    static (Dictionary<string, string>, List<KeyValuePair<string, string>>?) Fit(Dictionary<string, string> all, Integration integration)
    {
        var length = 2;
        if (all.Count <= Most && all.Sum(label => Length(label.Key) + Length(label.Value) + AroundPair) + length <= LongestAll)
            return (all, null);
        Dictionary<string, string> fitting = new(StringComparer.Ordinal);
        List<KeyValuePair<string, string>> dropped = [];
        foreach (var label in all.OrderBy(label => Rank(label.Key, integration)).ThenBy(label => label.Key, StringComparer.Ordinal))
        {
            var more = Length(label.Key) + Length(label.Value) + AroundPair;
            if (fitting.Count < Most && length + more <= LongestAll)
            {
                fitting.Add(label.Key, label.Value);
                length += more;
            }
            else
                dropped.Add(label);
        }
        return (fitting, dropped);
    }

    static int Rank(string name, Integration integration) =>
        name == "integration" || integration.Labels.ContainsKey(name) ? -1
        : Array.IndexOf(First, name) is >= 0 and var place ? place : First.Length;

    static void Add(Dictionary<string, string> labels, string name, string? value)
    {
        name = name.Trim().ToLowerInvariant();
        if (name.Length > 0 && !string.IsNullOrEmpty(value))
            labels.TryAdd(name.Beginning(LongestName), value.Beginning(LongestValue));
    }

    // As JSON at most.
    static int Length(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
            return text.Length;
        var length = 0;
        foreach (var character in text)
            length += Plain.Contains(character) ? 1 : Escaped;
        return length;
    }
}
