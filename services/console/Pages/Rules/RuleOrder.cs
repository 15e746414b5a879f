namespace Sigma.OperatorConsole.Pages.Rules;

/// <summary>What a form of a rule's page wants; each form fills in its part.</summary>
public sealed class RuleOrder
{
    /// <summary>Why.</summary>
    public string? Why { get; set; }

    /// <summary>How the rule is to be judged.</summary>
    public string? Mode { get; set; }

    /// <summary>By which revision it is to say again what it said.</summary>
    public long? Revision { get; set; }

    /// <summary>What another one is to be called.</summary>
    public string? Clone { get; set; }

    /// <summary>The rule's revision as the page showed it.</summary>
    public long? Expected { get; set; }
}
