using System.Globalization;

namespace Sigma.OperatorConsole.Pages.Parts;

/// <summary>
/// The language of a screen. What comes from elsewhere, a timer or another thread, has no language or another's: it uses this before it paints.
/// </summary>
public sealed class PageCulture
{
    readonly CultureInfo _culture = CultureInfo.CurrentCulture, _texts = CultureInfo.CurrentUICulture;

    /// <summary>From here to the end of the asynchronous method that calls it.</summary>
    public void Use() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _texts);
}
