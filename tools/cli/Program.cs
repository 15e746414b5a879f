using Sigma.Cli;

// The command sigma, one folder for each group of commands:
//   Errors/   sigma errors list | show | retry | drop
return await CommandLine.Run(args, Console.Out, Console.Error);
