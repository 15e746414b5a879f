namespace Sigma.Simulator.Scenarios;

/// <summary>The account, CUC and code of one key of a stream.</summary>
internal readonly record struct EventKey(long AccountId, string Cuc, string Code)
{
    private const long AccountsPerStream = 100_000;

    private static readonly (string Cuc, string[] Codes)[] Watched =
    [
        ("ALR", ["E130", "E131", "E133", "E140"]),
        ("IVA", ["E132", "E134", "1130"]),
        ("PIN", ["E120", "E121"]),
        ("BEM", ["E301", "E302"]),
        ("CER", ["E144", "E137"]),
        ("PAB", ["E122", "XXX1"]),
        ("ALI", ["E150", "E110"]),
    ];

    public static EventKey Of(EventStream stream, int streamIndex, int key)
    {
        var firstAccount = stream.FirstAccount > 0 ? stream.FirstAccount : AccountsPerStream * (streamIndex + 1);
        var (cuc, codes) = Watched[key % Watched.Length];
        return new EventKey(
            firstAccount + key / stream.KeysPerAccount,
            stream.Cuc ?? cuc,
            stream.Code ?? codes[key / Watched.Length % codes.Length]);
    }
}
