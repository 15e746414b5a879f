using Sigma.Storage;
using Sigma.Storage.Queries;

namespace Sigma.Fetcher.Queries;

/// <summary>The source's records that were put aside, or a part of them.</summary>
public static class OddRecordRows
{
    const string Table = "fetcher_odd_records";

    /// <summary>To be asked about them.</summary>
    public static MalformedRows In(Database database) => new(database, Table, "used");

    /// <summary>Whether a fetcher of this version has made their table.</summary>
    public static async Task<bool> Exist(Database database, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        return await database.Dialect.HasIndex(connection, Table, "ix_fetcher_odd_records_seen", ct);
    }
}
