import type { Dispatcher } from 'undici';

/** Calls `onSending` of a request's options once undici has a connection and begins to write: before that, nothing has left. */
export const noteSending: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const { onSending } = options as { onSending?: () => void };
  if (!onSending) return dispatch(options, handler);
  return dispatch(options, {
    onRequestStart: (controller, context) => {
      onSending();
      handler.onRequestStart?.(controller, context);
    },
    onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
    onResponseStart: (...given) => handler.onResponseStart?.(...given),
    onResponseData: (...given) => handler.onResponseData?.(...given),
    onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
    onResponseError: (...given) => handler.onResponseError?.(...given),
  });
};
