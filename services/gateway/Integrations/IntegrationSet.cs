using System.Security.Cryptography;

namespace Sigma.Gateway.Integrations;

/// <summary>An integration that is there, and where from.</summary>
/// <param name="Integration">It.</param>
/// <param name="IsProvisioned">Whether the settings have it, which people cannot change.</param>
internal sealed record KnownIntegration(Integration Integration, bool IsProvisioned)
{
    /// <summary>Its keys' hashes, each with when it ends to count.</summary>
    public required IReadOnlyList<KeyHash> Keys { get; init; }
}

/// <summary>What is kept of a key.</summary>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="Until">Until when it counts, UTC; null: without an end.</param>
internal sealed record KeyHash(byte[] Hash, DateTimeOffset? Until);

/// <summary>The integrations as they are at one moment. It is never changed.</summary>
internal sealed class IntegrationSet
{
    readonly Dictionary<string, KnownIntegration> _byName = new(StringComparer.Ordinal);
    readonly Dictionary<ulong, List<(KeyHash Key, KnownIntegration Of)>> _byKey = [];

    public IntegrationSet(IEnumerable<KnownIntegration> integrations, long revision)
    {
        Revision = revision;
        foreach (var known in integrations)
        {
            if (!_byName.TryAdd(known.Integration.Name, known))
                continue; // the settings' own come first
            foreach (var key in known.Keys)
            {
                var prefix = IntegrationKeys.Prefix(key.Hash);
                if (!_byKey.TryGetValue(prefix, out var same))
                    _byKey[prefix] = same = [];
                same.Add((key, known));
            }
        }
    }

    /// <summary>The last change of the book that is in it; 0 before the first.</summary>
    public long Revision { get; }

    public IReadOnlyCollection<KnownIntegration> All => _byName.Values;

    public KnownIntegration? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whose key it is; null when it is nobody's, or its time is over.</summary>
    public KnownIntegration? OfKey(string key, DateTimeOffset now)
    {
        var hash = IntegrationKeys.Hash(key);
        KnownIntegration? found = null;
        if (_byKey.TryGetValue(IntegrationKeys.Prefix(hash), out var same))
            foreach (var (known, of) in same)
                if (CryptographicOperations.FixedTimeEquals(known.Hash, hash) && (known.Until is null || now < known.Until))
                    found ??= of;
        return found;
    }
}
