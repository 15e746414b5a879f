using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Sigma.Contracts;

/// <summary>
/// A few labels, in the order of the message: smaller than a dictionary, and never changed, so that many events can share it. Names are found
/// whatever their case, as in every dictionary of a message.
/// </summary>
internal sealed class LabelSet(KeyValuePair<string, string>[] labels) : IReadOnlyDictionary<string, string>
{
    public static LabelSet Empty { get; } = new([]);

    public ReadOnlySpan<KeyValuePair<string, string>> Pairs => labels;

    public int Count => labels.Length;
    public IEnumerable<string> Keys => labels.Select(label => label.Key);
    public IEnumerable<string> Values => labels.Select(label => label.Value);
    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no label {key}.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        foreach (var label in labels)
            if (label.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                value = label.Value;
                return true;
            }
        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)labels).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => labels.GetEnumerator();
}
