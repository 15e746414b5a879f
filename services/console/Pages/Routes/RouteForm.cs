namespace Sigma.OperatorConsole.Pages.Routes;

/// <summary>What people make of the routes, as it is typed.</summary>
public sealed class RouteForm
{
    /// <summary>What the button that only looks sends.</summary>
    public const string Check = "check";

    /// <summary>What the button that changes them sends.</summary>
    public const string Save = "save";

    /// <summary>The policy as JSON.</summary>
    public string? Text { get; set; }

    /// <summary>The last change when it was read.</summary>
    public long Revision { get; set; }

    /// <summary>Why.</summary>
    public string? Why { get; set; }

    /// <summary>Which button was pressed.</summary>
    public string? Action { get; set; }
}
