using FluentValidation;

namespace Thumbnails.Api.Problems;

internal static class Validation
{
    private static readonly Problem[] BodyProblems =
    [
        Problem.Of(RequestErrorCode.ValidationFailed),
        ProblemCatalog.Of(StatusCodes.Status413PayloadTooLarge),
        ProblemCatalog.Of(StatusCodes.Status415UnsupportedMediaType),
    ];

    /// <summary>Rejects a request whose body is not valid, and reports every error.</summary>
    public static RouteHandlerBuilder Validate<T>(this RouteHandlerBuilder builder)
        where T : class => builder.ProducesProblems(BodyProblems).AddEndpointFilter(async (context, next) =>
        {
            var validator = context.HttpContext.RequestServices.GetRequiredService<IValidator<T>>();
            var result = await validator.ValidateAsync(context.Arguments.OfType<T>().Single(), context.HttpContext.RequestAborted);
            return result.IsValid
                ? await next(context)
                : throw new ApiException(RequestErrorCode.ValidationFailed) { Errors = Errors(result) };
        });

    private static Dictionary<string, string[]> Errors(FluentValidation.Results.ValidationResult result) =>
        result.Errors.GroupBy(error => CamelCase(error.PropertyName)).ToDictionary(group => group.Key, group => group.Select(error => error.ErrorMessage).ToArray());

    // Frames[3].OutputName becomes frames[3].outputName, as in the request.
    private static string CamelCase(string path) =>
        string.Join('.', path.Split('.').Select(part => part.Length == 0 ? part : char.ToLowerInvariant(part[0]) + part[1..]));
}
