using Sigma.OperatorConsole.Schema;

namespace Sigma.OperatorConsole.Access.Users;

/// <summary>A user, as administrators see them.</summary>
public sealed record UserView
{
    /// <summary>Identity.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Name, in small letters.</summary>
    public required string Name { get; init; }

    /// <summary>What they may do.</summary>
    public required Role Role { get; init; }

    /// <summary>What they see: for each label one of these values; empty for everything.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Limits { get; init; }

    /// <summary>Whether they must change the password at the next sign-in.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>Whether they cannot sign in.</summary>
    public bool Disabled { get; init; }

    /// <summary>Whether another server knows them, and gives them their role and limits.</summary>
    public bool SignsInElsewhere { get; init; }

    /// <summary>Until when nobody signs in by this name after wrong passwords, UTC; null when that is not so.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Since when there is this user, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When they signed in last, UTC; null for never.</summary>
    public DateTimeOffset? LastSignInAt { get; init; }

    internal LabelLimits KnownLimits => new(Limits);

    internal static UserView Of(UserRow row, DateTimeOffset now) => new()
    {
        UserId = row.UserId, Name = row.Name, Role = RoleNames.Read(row.Role) ?? Role.Viewer, Limits = LabelLimits.FromJson(row.Limits).Values,
        MustChangePassword = row.MustChangePassword, Disabled = row.Disabled, SignsInElsewhere = row.PasswordHash is null,
        LockedUntil = row.LockedUntil > now ? row.LockedUntil : null, CreatedAt = row.CreatedAt, LastSignInAt = row.LastSignInAt,
    };
}

/// <summary>A user with a password that is shown this once.</summary>
public sealed record UserPassword(UserView User, string Password);
