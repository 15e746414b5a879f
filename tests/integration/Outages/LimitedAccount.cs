using Dapper;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Outages;

/// <summary>An account of the database that the services of a station use, and that its administrator limits for a while.</summary>
internal sealed class LimitedAccount : IAsyncDisposable
{
    readonly Station _station;
    readonly string _name = $"limited_{Guid.NewGuid():N}"[..24];
    readonly Database _own;
    System.Data.Common.DbConnection? _held;

    LimitedAccount(Station station, string connectionString)
    {
        _station = station;
        _own = new Database(Dialects.Of(StorageProvider.MySql), $"{connectionString};user id={_name};password=limited;pooling=false");
    }

    public string Name => _name;

    /// <summary>
    /// To be called before the services are started. A connection that goes back to the pool and is used again is past the limits of queries.
    /// </summary>
    public static async Task<LimitedAccount> Create(Station station, bool pooling = true)
    {
        var connectionString = station.Settings["Storage:ConnectionString"]!;
        var account = new LimitedAccount(station, connectionString);
        await account.Administer($"create user {account._name} identified by 'limited'");
        await account.Administer($"grant all on `{await station.DatabaseName()}`.* to {account._name}");
        // the last one counts
        station.Settings["Storage:ConnectionString"] = $"{connectionString};user id={account._name};password=limited;pooling={pooling}";
        return account;
    }

    /// <summary>Changes the account, for example <c>account lock</c>, and ends its sessions: a limit concerns new ones.</summary>
    public async Task Change(string how)
    {
        await Administer($"alter user {_name} {how}");
        await EndSessions();
    }

    /// <summary>Lets the account have one connection, which is taken.</summary>
    public async Task TakeAllConnections()
    {
        await Change("with max_user_connections 1");
        while (_held is null)
        {
            try
            {
                _held = await _own.Open(CancellationToken.None);
            }
            catch (System.Data.Common.DbException)
            {
                await EndSessions(); // a service was first
            }
        }
    }

    public async Task GiveBackConnections()
    {
        await Administer($"alter user {_name} with max_user_connections 0");
        await _held!.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_held is not null)
            await _held.DisposeAsync();
        await Administer($"drop user {_name}");
    }

    public async Task Administer(string statement)
    {
        await using var connection = await _station.Database.Open(CancellationToken.None);
        await connection.ExecuteAsync(statement);
    }

    async Task EndSessions()
    {
        await using var connection = await _station.Database.Open(CancellationToken.None);
        foreach (var session in await connection.QueryAsync<long>("select id from information_schema.processlist where user = @_name", new { _name }))
            try
            {
                await connection.ExecuteAsync($"kill {session}");
            }
            catch (System.Data.Common.DbException)
            {
                // it has ended meanwhile
            }
    }
}
