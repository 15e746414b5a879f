namespace Sigma.OperatorConsole.Pages.Preferences;

/// <summary>How light the pages are, as whoever looks at them wants it.</summary>
internal static class ThemeCookie
{
    /// <summary>As the browser has it: no cookie.</summary>
    public const string Auto = "auto";

    public const string Name = "sigma-theme";

    public static IReadOnlyList<string> All { get; } = [Auto, "light", "dark"];

    /// <summary>Null for <see cref="Auto"/>, and for what no button sets.</summary>
    public static string? Read(HttpRequest request) =>
        request.Cookies[Name] is { } theme && theme != Auto && All.Contains(theme) ? theme : null;

    /// <summary>Key of its name among the texts.</summary>
    public static string TextOf(string theme) => $"Theme{char.ToUpperInvariant(theme[0])}{theme[1..]}";
}
