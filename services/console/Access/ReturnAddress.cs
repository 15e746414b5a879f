namespace Sigma.OperatorConsole.Access;

/// <summary>Where somebody is sent after signing in: a page of this console, whatever the address says.</summary>
internal static class ReturnAddress
{
    const string Home = "/";
    const int Longest = 2000;

    /// <summary>The address if it is one of ours, else the first page.</summary>
    public static string Of(string? said)
    {
        // //host and /\host are other servers to a browser; it drops line breaks and tabs before it looks.
        if (said is not ['/', ..] || said.Length > Longest || said is ['/', '/' or '\\', ..] || said.Any(c => char.IsControl(c) || c == '\\'))
            return Home;
        if (!Uri.TryCreate("http://console" + said, UriKind.Absolute, out var address) || address.Host != "console" || address.UserInfo.Length > 0)
            return Home;
        // What signs in or out, and what is no page, is no place to come back to.
        PathString path = new(Uri.UnescapeDataString(address.AbsolutePath));
        return path.StartsWithSegments(AccessPaths.SignIn) || path.StartsWithSegments(AccessPaths.SignOut) || AccessPaths.IsForPrograms(path)
            || AccessPaths.IsAsset(path) ? Home : said;
    }
}
