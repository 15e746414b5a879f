namespace Sigma.Benchmarks.Traffic;

/// <summary>What events are counted by.</summary>
internal readonly record struct PanelKey(long Account, string Cuc, string Code)
{
    static readonly string[] Cucs = ["ALI", "ALR", "BEM", "CER", "IVA", "PAB", "PIN"], Codes = ["E130", "E301", "R401", "E602", "1130", "E570"];

    /// <summary>The key of a number: about three keys to an account.</summary>
    public static PanelKey Of(int number) => new(10_000 + number / 3, Cucs[number % Cucs.Length], Codes[number % Codes.Length]);

    public Dictionary<string, string> Labels() =>
        new() { ["account"] = Account.ToString(System.Globalization.CultureInfo.InvariantCulture), ["cuc"] = Cuc, ["code"] = Code };
}

/// <summary>An event of a key; milliseconds since 1970.</summary>
internal readonly record struct PanelEvent(PanelKey Key, long At);
