using Sigma.Cli.Settings;
using Sigma.Hosting.Settings;
using Sigma.Storage;

namespace Sigma.Cli.Data;

/// <summary>The database of the services.</summary>
internal static class DatabaseConnection
{
    /// <exception cref="DatabaseException">It cannot be reached, or does not let us in.</exception>
    public static async Task<Database> Open(CliSettings settings, CancellationToken ct)
    {
        var storage = settings.Of<StorageOptions>("Storage", new StorageSettingsCheck());
        var database = new Database(Dialects.Of(storage.Provider!.Value), storage.ConnectionString);
        try
        {
            await using var connection = await database.Open(ct);
            return database;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DatabaseException($"The database does not let us in: {e.Message}: look at Storage__ConnectionString.");
        }
    }
}

/// <summary>The database does not let a command do its work.</summary>
internal sealed class DatabaseException(string message) : Exception(message);
