using System.Collections.Concurrent;

namespace Sigma.Simulator.Vendors;

/// <summary>The recipients at which a vendor fails until told otherwise, each for one of the vendor's reasons.</summary>
public sealed class Refusals
{
    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.Ordinal);

    internal Refusals(params string[] reasons) => Reasons = reasons;

    /// <summary>The reasons there are.</summary>
    public IReadOnlyList<string> Reasons { get; }

    /// <summary>Who is refused, and why.</summary>
    public IReadOnlyDictionary<string, string> All => new SortedDictionary<string, string>(_reasons, StringComparer.Ordinal);

    /// <summary>Refuses a recipient from now on; null takes it back.</summary>
    /// <exception cref="ArgumentException">The vendor has no such reason.</exception>
    public void Set(string recipient, string? reason)
    {
        if (reason is null)
        {
            _reasons.TryRemove(recipient, out _);
            return;
        }

        if (!Reasons.Contains(reason))
        {
            throw new ArgumentException($"'{reason}' is none of {string.Join(", ", Reasons)}.");
        }

        _reasons[recipient] = reason;
    }

    internal string? Of(string recipient) => _reasons.GetValueOrDefault(recipient);

    internal void Clear() => _reasons.Clear();
}
