using Sigma.Cli.Settings;
using Sigma.Storage;

namespace Sigma.Cli.Data;

internal static class DatabaseConnection
{
    /// <exception cref="DatabaseException">It is unavailable, or refuses our login.</exception>
    public static async Task<Database> Open(CliSettings settings, CancellationToken ct)
    {
        var storage = settings.Of<StorageOptions>("Storage");
        var dialect = Dialects.Of(storage.Provider!.Value);
        var database = new Database(dialect, storage.ConnectionString);
        if (storage.Provider == StorageProvider.Sqlite && dialect.Connect(storage.ConnectionString).DataSource is var file && !File.Exists(file))
            // opening it would make one
            throw new DatabaseException($"There is no database file {file}: look at Storage__ConnectionString, or name one with --data.");
        try
        {
            await using var connection = await database.Open(ct);
            return database;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DatabaseException(dialect.IsDenial(e)
                ? $"The database refuses our login: {e.Message.TrimEnd('.')}: look at Storage__ConnectionString."
                : $"The database does not answer: {e.Message}");
        }
    }
}

/// <summary>The database does not let a command do its work.</summary>
internal sealed class DatabaseException(string message) : Exception(message);
