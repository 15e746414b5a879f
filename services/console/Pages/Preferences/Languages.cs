using Microsoft.AspNetCore.Localization;

namespace Sigma.OperatorConsole.Pages.Preferences;

/// <summary>The languages of the pages: the cookie's, else the browser's, else Portuguese.</summary>
internal static class Languages
{
    public static string[] All { get; } = ["pt-BR", "en"];

    public static void Set(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture(All[0]).AddSupportedCultures(All).AddSupportedUICultures(All);
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
    }
}
