using Microsoft.EntityFrameworkCore;
using Sigma.OperatorConsole.Access.Sessions;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Schema;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Access.Tokens;

/// <summary>The tokens of programs: made, shown and revoked by administrators who see everything.</summary>
internal sealed class TokenBook(Database database, AuditLog audit, SessionCheck sessions, KnownTokens known, TimeProvider time)
{
    public const int LongestName = 90;

    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    /// <summary>All, the newest first.</summary>
    public async Task<IReadOnlyList<TokenView>> List(Caller caller, CancellationToken ct)
    {
        Demand(caller);
        await using var session = await database.Begin(ct);
        var rows = await session.Use(ConsoleContext.Schema).Tokens.AsNoTracking().OrderByDescending(row => row.CreatedAt).ToListAsync(ct);
        var now = time.GetUtcNow();
        return [.. rows.Select(row => TokenView.Of(row, now))];
    }

    /// <summary>Makes one; the token itself is shown this once.</summary>
    /// <exception cref="AccessRefusedException">It cannot be; the problem says why.</exception>
    public async Task<NewToken> Add(string? name, Role role, LabelLimits limits, DateTimeOffset expiresAt, Caller caller, CancellationToken ct)
    {
        Demand(caller);
        name = (name ?? "").Trim();
        var now = time.GetUtcNow();
        if (!UserNames.IsVisible(name, LongestName))
            throw new AccessRefusedException(AccessProblem.TokenName);
        if (expiresAt <= now || expiresAt > now + LongestLife)
            throw new AccessRefusedException(AccessProblem.TokenExpiry);
        var secret = TokenSecret.Create();
        TokenRow row = new()
        {
            TokenId = Guid.CreateVersion7(), Name = name, Hash = TokenSecret.HashOf(secret), Role = role.ToString(), Limits = limits.ToJson(),
            CreatedBy = caller.Name, CreatedAt = now, ExpiresAt = expiresAt,
        };
        await using var session = await database.Begin(ct);
        var context = session.Use(ConsoleContext.Schema);
        context.Add(row);
        await context.SaveChangesAsync(ct);
        // Not under the name of a secret, which would be left out.
        await audit.Write(session, caller, "token.add", name, null, new { Id = row.TokenId, row.Role, Limits = limits.Values, row.ExpiresAt }, ct);
        await session.Commit(ct);
        return new(TokenView.Of(row, now), secret);
    }

    /// <summary>Revokes one; false when there is none, or it is revoked already.</summary>
    public async Task<bool> Revoke(Guid token, Caller caller, CancellationToken ct)
    {
        Demand(caller);
        await using var session = await database.Begin(ct);
        var context = session.Use(ConsoleContext.Schema);
        if (await context.Tokens.FindAsync([token], ct) is not { RevokedAt: null } row)
            return false;
        row.RevokedAt = time.GetUtcNow();
        row.RevokedBy = caller.Name;
        await context.SaveChangesAsync(ct);
        await audit.Write(session, caller, "token.revoke", row.Name, new { Id = row.TokenId, row.Role, row.ExpiresAt }, null, ct);
        await session.Commit(ct);
        sessions.ForgetToken(token);
        known.Forget();
        return true;
    }

    static void Demand(Caller caller)
    {
        caller.Demand(Role.Administrator);
        caller.DemandNoLimits();
    }
}

/// <summary>A token, as administrators see it.</summary>
public sealed record TokenView
{
    /// <summary>Identity.</summary>
    public required Guid TokenId { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required Role Role { get; init; }

    /// <summary>What it sees: for each label one of these values; empty for everything.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Limits { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used last, to the minute, UTC; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked, UTC; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>By whom.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>Whether it is good now.</summary>
    public bool IsActive { get; init; }

    internal LabelLimits KnownLimits => new(Limits);

    internal static TokenView Of(TokenRow row, DateTimeOffset now) => new()
    {
        TokenId = row.TokenId, Name = row.Name, Role = RoleNames.Read(row.Role) ?? Role.Viewer, Limits = LabelLimits.FromJson(row.Limits).Values,
        CreatedBy = row.CreatedBy, CreatedAt = row.CreatedAt, ExpiresAt = row.ExpiresAt, LastUsedAt = row.LastUsedAt, RevokedAt = row.RevokedAt,
        RevokedBy = row.RevokedBy, IsActive = row.RevokedAt is null && row.ExpiresAt > now,
    };
}

/// <summary>A token that was just made.</summary>
/// <param name="View">What is kept of it.</param>
/// <param name="Secret">The token, which is shown this once.</param>
public sealed record NewToken(TokenView View, string Secret);
