using System.ComponentModel.DataAnnotations;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels;

/// <summary>What every channel can be told.</summary>
public abstract class ChannelOptions
{
    /// <summary>Whether alerts go there.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether their ends do too.</summary>
    public bool OnClear { get; set; } = true;

    /// <summary>What happens when a call is not answered: it may have been heard, and no API here can be asked.</summary>
    public WhenUncertain WhenUncertain { get; set; } = WhenUncertain.SendAgain;

    /// <summary>Calls at a time, per notifier.</summary>
    [Range(1, 64)]
    public int ParallelCalls { get; set; } = 1;

    /// <summary>What is said of an alert. Lines are separated by line breaks or <c>\n</c>; one that names something without a value is left out.</summary>
    [Required, TextTemplate]
    public string RaisedText { get; set; } = "";

    /// <summary>What is said of its end.</summary>
    [Required, TextTemplate]
    public string ClearedText { get; set; } = "";

    /// <summary>What is said of an alert that ended before it could be told.</summary>
    [Required, TextTemplate]
    public string RaisedAndClearedText { get; set; } = "";
}

/// <summary>What to do about a call that may have been heard.</summary>
public enum WhenUncertain
{
    /// <summary>Better twice than never.</summary>
    SendAgain,

    /// <summary>It stays <c>uncertain</c> until a person decides.</summary>
    AskAPerson,
}
