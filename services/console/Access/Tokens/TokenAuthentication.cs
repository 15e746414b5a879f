using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Encodings.Web;
using Dapper;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Api;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Access.Tokens;

/// <summary>Lets programs in by their token: <c>Authorization: Bearer sct_…</c>.</summary>
internal sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    KnownTokens tokens) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    const string Start = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } said] || !said.StartsWith(Start, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        return await tokens.Find(said[Start.Length..].Trim(), Context.RequestAborted) is { } found
            ? AuthenticateResult.Success(new(AccessClaims.OfToken(found.Id, found.Name, found.Role, found.Limits), Scheme.Name))
            : AuthenticateResult.Fail("The token is wrong, expired or revoked.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Of(StatusCodes.Status401Unauthorized, "The token is wrong, expired or revoked.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Of(StatusCodes.Status403Forbidden, "The token may not do that.").ExecuteAsync(Context);
}

/// <summary>Finds tokens by what programs say, and writes down at most once a minute that one was used.</summary>
internal sealed class KnownTokens(Database database, TimeProvider time, ILogger<KnownTokens> log)
{
    static readonly TimeSpan OldAfter = TimeSpan.FromSeconds(2), WriteEvery = TimeSpan.FromMinutes(1);

    const int Most = 10_000;

    readonly ConcurrentDictionary<string, Reading> _byHash = new();
    readonly ConcurrentDictionary<Guid, DateTimeOffset> _used = new();

    /// <summary>The token; null when there is none like it, or not any more.</summary>
    public async Task<KnownToken?> Find(string said, CancellationToken ct)
    {
        if (!TokenSecret.LooksLikeOne(said))
            return null;
        var hash = TokenSecret.HashOf(said);
        if (!_byHash.TryGetValue(hash, out var reading) || time.GetElapsedTime(reading.At) >= OldAfter)
        {
            var at = time.GetTimestamp();
            if (await Read(hash, ct) is not { } found)
            {
                _byHash.TryRemove(hash, out _); // what is not there is not remembered: anybody can make up tokens
                return null;
            }
            if (_byHash.Count > Most)
                _byHash.Clear();
            _byHash[hash] = reading = new(found, at);
        }
        if (time.GetUtcNow() >= reading.Token.ExpiresAt)
            return null;
        await Use(reading.Token.Id, ct);
        return reading.Token;
    }

    /// <summary>One was just revoked.</summary>
    public void Forget() => _byHash.Clear();

    async Task<KnownToken?> Read(string hash, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        var row = await connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition( // uq_console_tokens_hash
            """
            select token_id TokenId, name Name, role Role, limits Limits, expires_at ExpiresAt from console_tokens
            where hash = @hash and revoked_at is null
            """, new { hash }, cancellationToken: ct));
        return row is null || RoleNames.Read(row.Role) is not { } role ? null
            : new KnownToken(row.TokenId, row.Name, role, LabelLimits.FromJson(row.Limits), row.ExpiresAt.ToTime());
    }

    async Task Use(Guid token, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_used.TryGetValue(token, out var last) && now - last < WriteEvery)
            return;
        _used[token] = now;
        try
        {
            await using var session = await database.Begin(ct);
            await session.Execute( // primary key
                "update console_tokens set last_used_at = @now where token_id = @token and (last_used_at is null or last_used_at <= @before)",
                new { token, now = now.ToUnixTimeMilliseconds(), before = (now - WriteEvery).ToUnixTimeMilliseconds() }, ct);
            await session.Commit(ct);
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException)
        {
            log.LogWarning("That a token was used cannot be written down: {Reason}", e.Message);
        }
    }

    sealed record Reading(KnownToken Token, long At);

    sealed class Row
    {
        public Guid TokenId { get; init; }
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";
        public string? Limits { get; init; }
        public long ExpiresAt { get; init; }
    }
}

/// <summary>A token that is good.</summary>
internal sealed record KnownToken(Guid Id, string Name, Role Role, LabelLimits Limits, DateTimeOffset ExpiresAt);
