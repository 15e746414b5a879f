using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Sigma.OperatorConsole.Access.Sessions;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Schema;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Access.OpenId;

/// <summary>
/// The user that another server's claims speak of. Who they are is said by the server and its own id of them, never by a name, which can be anybody's
/// tomorrow. Role and limits are those of the claims at each sign-in.
/// </summary>
internal sealed class OpenIdUser(Database database, AuditLog audit, SessionCheck sessions, IOptions<OpenIdOptions> options, TimeProvider time)
{
    /// <summary>Who is signed in by them.</summary>
    /// <exception cref="OpenIdRefusedException">Nobody; it says why.</exception>
    public async Task<ClaimsPrincipal> SignIn(ClaimsPrincipal said, CancellationToken ct)
    {
        var settings = options.Value;
        var issuer = said.FindFirstValue("iss") ?? settings.Authority;
        var subject = said.FindFirstValue("sub") ?? throw new OpenIdRefusedException(OpenIdProblem.NoName);
        var name = UserNames.Of(said.FindFirstValue(settings.NameClaim));
        if (UserNames.Fault(name) is not null)
            throw new OpenIdRefusedException(OpenIdProblem.NoName);
        var role = settings.Roles.Of(Values(said, settings.RoleClaim)) ?? throw new OpenIdRefusedException(OpenIdProblem.NoRole);
        var limits = Limits(said, settings.LimitsClaim) ?? throw new OpenIdRefusedException(OpenIdProblem.Limits);
        var user = Ids.From("openid", issuer, subject);
        await using var session = await database.Begin(ct);
        var context = session.Use(ConsoleContext.Schema);
        var row = await context.Users.FindAsync([user], ct);
        if (row is null)
        {
            if (await context.Users.AnyAsync(other => other.Name == name, ct))
                throw new OpenIdRefusedException(OpenIdProblem.NameTaken);
            row = context.Add(new UserRow
            {
                UserId = user, Name = name, Role = role.ToString(), Limits = limits.ToJson(), Stamp = Guid.NewGuid(), CreatedAt = time.GetUtcNow(),
            }).Entity;
        }
        if (row.Disabled)
            throw new OpenIdRefusedException(OpenIdProblem.Disabled);
        if (row.Role != role.ToString() || row.Limits != limits.ToJson())
        {
            (row.Role, row.Limits) = (role.ToString(), limits.ToJson());
            row.Stamp = Guid.NewGuid(); // what was begun with other rights is over
        }
        row.LastSignInAt = time.GetUtcNow();
        await context.SaveChangesAsync(ct);
        await audit.Write(session, new(row.Name, role, limits), "sign-in", row.Name, null, new { By = "OpenID Connect", Role = role }, ct);
        await session.Commit(ct);
        sessions.ForgetUser(user);
        return AccessClaims.OfUser(user, row.Name, role, limits, row.Stamp, false);
    }

    /// <summary>The values of a claim, or of a part of one that is JSON.</summary>
    internal static IReadOnlyCollection<string> Values(ClaimsPrincipal said, string name)
    {
        var direct = said.FindAll(name).SelectMany(claim => OfText(claim.Value)).ToList();
        var at = name.IndexOf('.', StringComparison.Ordinal);
        if (direct.Count > 0 || at <= 0 || said.FindFirstValue(name[..at]) is not { } outer)
            return direct;
        try
        {
            using var json = JsonDocument.Parse(outer);
            var part = json.RootElement;
            foreach (var step in name[(at + 1)..].Split('.'))
                if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty(step, out part))
                    return [];
            return [.. Texts(part)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>What the claims limit somebody to; null when that cannot be read.</summary>
    internal static LabelLimits? Limits(ClaimsPrincipal said, string name)
    {
        if (name.Length == 0)
            return LabelLimits.None;
        var texts = said.FindAll(name).Select(claim => claim.Value).ToList();
        try
        {
            if (texts is [['{', ..] json])
                return JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(json) is { Count: > 0 } limits
                    ? LimitsText.Checked(limits) : null;
        }
        catch (JsonException)
        {
            return null;
        }
        // An empty claim is no permission to see everything.
        return texts.Any(string.IsNullOrWhiteSpace) ? null : LimitsText.Read(texts);
    }

    static IEnumerable<string> OfText(string value)
    {
        if (value is not ['[', ..])
            return [value];
        try
        {
            using var json = JsonDocument.Parse(value);
            return [.. Texts(json.RootElement)];
        }
        catch (JsonException)
        {
            return [value];
        }
    }

    static IEnumerable<string> Texts(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.String => [part.GetString()!],
        JsonValueKind.Array => part.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!),
        _ => [],
    };
}

/// <summary>Why nobody is signed in by another server.</summary>
internal enum OpenIdProblem
{
    /// <summary>It says no name that a user can have.</summary>
    NoName,

    /// <summary>Nothing it says gives a role.</summary>
    NoRole,

    /// <summary>What it says of limits cannot be read.</summary>
    Limits,

    /// <summary>Another user has the name.</summary>
    NameTaken,

    /// <summary>An administrator has disabled the user.</summary>
    Disabled,

    /// <summary>It was broken off, or something in it was wrong.</summary>
    Failed,
}

/// <summary>Nobody is signed in by another server.</summary>
internal sealed class OpenIdRefusedException(OpenIdProblem problem) : Exception($"Nobody is signed in by OpenID Connect: {problem}")
{
    public OpenIdProblem Problem => problem;
}
