namespace Sigma.OperatorConsole.Access;

/// <summary>Roles by their names, as stored and as the API has them: nothing but a name is one, no number either.</summary>
internal static class RoleNames
{
    /// <summary>The role of this name, in any case; null when there is none.</summary>
    public static Role? Read(string? name)
    {
        foreach (var role in Enum.GetValues<Role>())
            if (string.Equals(role.ToString(), name, StringComparison.OrdinalIgnoreCase))
                return role;
        return null;
    }
}
