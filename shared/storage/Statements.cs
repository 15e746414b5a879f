using System.Data.Common;

namespace Sigma.Storage;

internal static class Statements
{
    /// <summary>Runs a statement without arguments and says how many rows it found. Dapper would hash its text, which can be long.</summary>
    public static async Task<int> Run(this DbConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(ct);
    }
}
