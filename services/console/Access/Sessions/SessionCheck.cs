using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Claims;
using Dapper;
using Microsoft.Extensions.Options;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Access.Sessions;

/// <summary>
/// Whether who has signed in still is: the password, role and limits are those of then, and nobody has taken the user or the token away.
/// The database is asked every two seconds at most for each of them, however many pages and screens they have open.
/// </summary>
internal sealed class SessionCheck(Database database, TimeProvider time, IOptions<ConsoleOptions> options, ILogger<SessionCheck> log)
{
    /// <summary>How long an answer is good.</summary>
    public static readonly TimeSpan OldAfter = TimeSpan.FromSeconds(2);

    // The screens of a station stay on while the database is restarted.
    static readonly TimeSpan WithoutDatabase = TimeSpan.FromMinutes(5);

    const int Most = 10_000;

    readonly ConcurrentDictionary<Guid, Known> _users = new(), _tokens = new();

    /// <summary>Whether they still are who they were.</summary>
    public async Task<bool> IsValid(ClaimsPrincipal principal, CancellationToken ct)
    {
        if (AccessClaims.UserOf(principal) is { } user)
            return await Find(_users, user, User, ct) is { IsOpen: true } found && found.Stamp == AccessClaims.StampOf(principal);
        if (AccessClaims.TokenOf(principal) is { } token)
            return await Find(_tokens, token, Token, ct) is { IsOpen: true } found && time.GetUtcNow() < found.ExpiresAt;
        return options.Value.SignInOnLoopback && principal.Identity is { IsAuthenticated: true, AuthenticationType: AccessSchemes.Loopback };
    }

    /// <summary>Something of the user has just been changed.</summary>
    public void ForgetUser(Guid user) => _users.TryRemove(user, out _);

    /// <summary>Something of the token has just been changed.</summary>
    public void ForgetToken(Guid token) => _tokens.TryRemove(token, out _);

    async Task<Known?> Find(ConcurrentDictionary<Guid, Known> all, Guid id, Func<DbConnection, Guid, CancellationToken, Task<Known>> read,
        CancellationToken ct)
    {
        var last = all.GetValueOrDefault(id);
        if (last is not null && time.GetElapsedTime(last.ReadAt) < OldAfter)
            return last;
        try
        {
            var asked = time.GetTimestamp();
            await using var connection = await database.Open(ct);
            var found = await read(connection, id, ct) with { ReadAt = asked };
            if (all.Count > Most)
                all.Clear();
            return all[id] = found;
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException && last is not null
            && time.GetElapsedTime(last.ReadAt) < WithoutDatabase)
        {
            log.LogWarning("The database cannot say whether a session is still valid; it stays so for {Time} at most: {Reason}", WithoutDatabase,
                e.Message);
            return last;
        }
    }

    static async Task<Known> User(DbConnection connection, Guid user, CancellationToken ct) =>
        await connection.QueryFirstOrDefaultAsync<Known>(new CommandDefinition( // primary key
            "select stamp Stamp, case when disabled then 0 else 1 end Enabled from console_users where user_id = @user",
            new { user }, cancellationToken: ct)) ?? Known.Nobody;

    static async Task<Known> Token(DbConnection connection, Guid token, CancellationToken ct) =>
        await connection.QueryFirstOrDefaultAsync<Known>(new CommandDefinition( // primary key
            """
            select expires_at Expires, case when revoked_at is null then 1 else 0 end Enabled from console_tokens where token_id = @token
            """, new { token }, cancellationToken: ct)) ?? Known.Nobody;

    sealed record Known
    {
        public static readonly Known Nobody = new();

        public Guid Stamp { get; init; }
        public long Enabled { get; init; }
        public long Expires { get; init; }
        public long ReadAt { get; init; }

        public bool IsOpen => Enabled == 1;
        public DateTimeOffset ExpiresAt => Expires.ToTime();
    }
}
