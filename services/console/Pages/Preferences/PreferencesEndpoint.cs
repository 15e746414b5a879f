using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Sigma.OperatorConsole.Pages.Preferences;

/// <summary><c>POST /preferences</c>: language and theme, which a browser keeps for a year.</summary>
internal static class PreferencesEndpoint
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/preferences", Set).AllowAnonymous().ExcludeFromDescription();

    static IResult Set([FromForm] string? language, [FromForm] string? theme, [FromForm] string? back, HttpContext http, TimeProvider time)
    {
        CookieOptions cookie = new()
        {
            Path = $"{http.Request.PathBase}/", HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps,
            Expires = time.GetUtcNow().AddYears(1),
        };
        if (language is not null && Languages.All.Contains(language))
            http.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)), cookie);
        if (theme is not null && ThemeCookie.All.Contains(theme))
            http.Response.Cookies.Append(ThemeCookie.Name, theme, cookie);
        return Results.LocalRedirect($"~{LocalPath(back)}");
    }

    // Never to somebody else's site.
    static string LocalPath(string? back) =>
        back is ['/', not '/' and not '\\', ..] && !back.Any(char.IsControl) ? back : "/";
}
