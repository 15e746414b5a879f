namespace Sigma.Simulator;

/// <summary>Chance that depends on nothing but its keys, so that order and time of asking do not matter.</summary>
internal readonly struct SeededRandom
{
    private readonly ulong _state;

    public SeededRandom(long seed, long key, long subKey = 0) =>
        _state = Mix(Mix(Mix((ulong)seed) + (ulong)key) + (ulong)subKey);

    /// <summary>At least 0, below 1.</summary>
    public double Share(int salt) => (Mix(_state + (ulong)salt) >> 11) * (1.0 / (1UL << 53));

    public int Below(int salt, int limit) => (int)(Share(salt) * limit);

    public T Of<T>(int salt, IReadOnlyList<T> choices) => choices[Below(salt, choices.Count)];

    // SplitMix64.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
