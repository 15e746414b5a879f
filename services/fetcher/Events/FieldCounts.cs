namespace Sigma.Fetcher.Events;

/// <summary>How many records of an answer have each of the fields that are used.</summary>
internal sealed class FieldCounts
{
    public const string Account = "accountId", Code = "code", Cuc = "cuc", Id = "id", Occurrence = "occurrenceId", Time = "time";

    public static readonly string[] Names = [Account, Code, Cuc, Id, Occurrence, Time];

    readonly int[] _had = new int[Names.Length];
    readonly HashSet<string> _accounts = [], _withOccurrence = [];
    int _records;

    /// <summary>Counts a record.</summary>
    public void Add(string? account, bool code, bool cuc, bool id, bool occurrence, bool time)
    {
        _records++;
        Count(0, account is not null);
        Count(1, code);
        Count(2, cuc);
        Count(3, id);
        Count(5, time);
        // Whether an event opens an occurrence depends on its account more than on anything else: a storm of one account tells no more than one event
        // of it.
        if (account is not null && _accounts.Add(account) | (occurrence && _withOccurrence.Add(account)))
            _had[4] = _withOccurrence.Count;
    }

    /// <summary>How many were looked at, and how many of them have the field: records, or accounts for the occurrence.</summary>
    public (int Seen, int Had) Of(string field) => (field == Occurrence ? _accounts.Count : _records, _had[Array.IndexOf(Names, field)]);

    void Count(int field, bool has) => _had[field] += has ? 1 : 0;
}
