using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Sigma.OperatorConsole.Pages.Preferences;

/// <summary>The languages of the pages: the cookie's, else the browser's, else Portuguese.</summary>
internal static class Languages
{
    const string Portuguese = "pt-BR", English = "en";

    public static string[] All { get; } = [Portuguese, English];

    public static void Set(RequestLocalizationOptions options)
    {
        List<CultureInfo> cultures = [InPortuguese(), new(English)];
        options.SupportedCultures = options.SupportedUICultures = cultures;
        options.DefaultRequestCulture = new RequestCulture(cultures[0]);
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
    }

    /// <summary>The key of a language's own name among the texts: where no tables of countries are loaded, the system knows none.</summary>
    public static string TextOf(CultureInfo culture) => culture.TwoLetterISOLanguageName == English ? "English" : "Portuguese";

    // A service knows no country's rules (InvariantGlobalization), and 1,234 would be read as one and a bit.
    static CultureInfo InPortuguese()
    {
        CultureInfo culture = new(Portuguese);
        var numbers = culture.NumberFormat;
        numbers.NumberDecimalSeparator = numbers.PercentDecimalSeparator = numbers.CurrencyDecimalSeparator = ",";
        numbers.NumberGroupSeparator = numbers.PercentGroupSeparator = numbers.CurrencyGroupSeparator = ".";
        return culture;
    }
}
