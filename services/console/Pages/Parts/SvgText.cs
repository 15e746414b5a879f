using Microsoft.AspNetCore.Components;

namespace Sigma.OperatorConsole.Pages.Parts;

/// <summary>Words in a picture; Razor has a meaning of its own for their element's name.</summary>
internal static class SvgText
{
    /// <summary>Words at a place.</summary>
    public static RenderFragment At(string x, string y, string style, string words) => builder =>
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", x);
        builder.AddAttribute(2, "y", y);
        builder.AddAttribute(3, "class", style);
        builder.AddContent(4, words);
        builder.CloseElement();
    };
}
